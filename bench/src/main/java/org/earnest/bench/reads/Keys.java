package org.earnest.bench.reads;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.earnest.bench.logs.SyntheticChain;

/** What is asked for: as the filled index names things, by a seed. */
final class Keys {
  private static final int TAGS = 20;
  private static final int TOKENS = 3;
  private static final int VALIDATORS = 10;
  private static final int COMPARED = 5;
  private static final int ACCOUNT_DIGITS = 8;

  private static final int WORDS = 1_000;
  private static final int TOOLS = 300;
  private static final int SETTLED_TAGS = 10;

  private final ReadPlan plan;
  private final List<String> files;
  private final SplittableRandom random;

  /**
   * By a seed.
   *
   * @param files paths of feedbacks' files, of which one is taken at a time
   */
  Keys(ReadPlan plan, List<String> files, long use) {
    this.plan = plan;
    this.files = files;
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

  String validator() {
    return account("validator " + random.nextInt(VALIDATORS));
  }

  String token() {
    return account("token " + random.nextInt(TOKENS));
  }

  String tag() {
    return "tag" + random.nextInt(TAGS);
  }

  /** Under which legs were settled. */
  String settledTag() {
    String what = "tag " + random.nextInt(SETTLED_TAGS);
    return "0x" + md5(what) + md5(what + ".");
  }

  /** Of descriptions; some are in many, most in few. */
  String word() {
    double uniform = random.nextDouble();
    return "word" + (int) (WORDS * uniform * uniform);
  }

  String tool() {
    double uniform = random.nextDouble();
    return "tool" + (int) (TOOLS * uniform * uniform);
  }

  /** Of the name of one agent, and of as many others as begin alike. */
  String namePart() {
    String digits = Long.toString(agent());
    return "agent " + digits.substring(0, Math.max(1, digits.length() - random.nextInt(2)));
  }

  String graphqlAgent() {
    return SyntheticChain.ID.reference() + ":" + agent();
  }

  String file() {
    return files.get(random.nextInt(files.size()));
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
