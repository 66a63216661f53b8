package org.earnest.bench.reads;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What is asked for: as the filled index names things, by a seed. */
final class Keys {
  private static final int TAGS = 20;
  private static final int TOKENS = 3;
  private static final int COMPARED = 5;
  private static final int ACCOUNT_DIGITS = 8;

  private final ReadPlan plan;
  private final SplittableRandom random;

  Keys(ReadPlan plan, long use) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed() * 31 + use);
  }

  /** Half of the time any, half of the time one that is asked for as often as it gets feedback. */
  long agent() {
    return random.nextBoolean() ? 1 + random.nextLong(plan.agents()) : popular();
  }

  private long popular() {
    double uniform = random.nextDouble();
    return 1 + (long) (plan.agents() * uniform * uniform);
  }

  String agents() {
    return LongStream.generate(this::agent)
        .distinct()
        .limit(COMPARED)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }

  long block() {
    return 1 + random.nextLong(plan.head());
  }

  /** Of the chain's second half. */
  long lateBlock() {
    return plan.head() / 2 + random.nextLong(plan.head() / 2);
  }

  String owner() {
    return account("owner " + agent() / 3);
  }

  String wallet() {
    return account("wallet " + agent());
  }

  String client() {
    return account("client " + popular());
  }

  String token() {
    return account("token " + random.nextInt(TOKENS));
  }

  String tag() {
    return "tag" + random.nextInt(TAGS);
  }

  int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  /** The hash of a block. */
  static String block(long number) {
    String what = "block " + number;
    return "0x" + md5(what) + md5(what + ".");
  }

  private static String account(String what) {
    return "0x" + md5(what) + md5(what + ".").substring(0, ACCOUNT_DIGITS);
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has MD5", missing);
    }
  }
}
