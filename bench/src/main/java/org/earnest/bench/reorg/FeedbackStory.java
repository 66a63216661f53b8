package org.earnest.bench.reorg;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Int128;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;

/** An agent gets feedback, which is answered once or twice and perhaps revoked. */
final class FeedbackStory implements Story {
  private static final List<String> TAGS =
      List.of("quality", "speed", "", "a\0b", "x".repeat(257), "price");
  private static final int CLIENTS = 12;
  private static final int NEVER = AgentLives.SPAN + 1;
  private static final int EXTREME_ONE_IN = 8;
  private static final int MAX_DECIMALS = 18;

  /** The largest that the registry takes. */
  private static final BigInteger EXTREME = BigInteger.TEN.pow(38);

  private static final EvmAddress REGISTRY = AgentLives.REPUTATION;

  private final long index;
  private final long agent;
  private final EvmAddress client;
  private final BigInteger value;
  private final int decimals;
  private final String tag1;
  private final String tag2;
  private final int answered;
  private final int answeredAgain;
  private final int revoked;

  /**
   * A story.
   *
   * @param index the client's count of entries; where the block is, so that no two are one
   */
  FeedbackStory(long index, long agent, RandomGenerator random) {
    this.index = index;
    this.agent = agent;
    this.client = EventLogs.account("0d", random.nextInt(CLIENTS));
    boolean extreme = random.nextInt(EXTREME_ONE_IN) == 0;
    BigInteger size = extreme ? EXTREME : BigInteger.valueOf(random.nextInt(10_001));
    this.value = random.nextInt(4) == 0 ? size.negate() : size;
    this.decimals = random.nextInt(extreme ? MAX_DECIMALS + 1 : 3);
    this.tag1 = TAGS.get(random.nextInt(TAGS.size()));
    this.tag2 = TAGS.get(random.nextInt(TAGS.size()));
    this.answered = random.nextInt(AgentLives.SPAN);
    this.answeredAgain = random.nextInt(AgentLives.SPAN);
    this.revoked = random.nextBoolean() ? random.nextInt(AgentLives.SPAN) : NEVER;
  }

  @Override
  public List<SyntheticLog> on(int day, RandomGenerator random) {
    List<SyntheticLog> logs = new ArrayList<>();
    if (day == 0) {
      logs.add(given(decimals));
    }
    if (day == answered || day == answeredAgain) {
      logs.add(answer(random));
    }
    if (day == revoked) {
      logs.add(
          EventLogs.of(
              REGISTRY,
              ReputationRegistry.FEEDBACKREVOKED_EVENT,
              EventLogs.uint(agent),
              EventLogs.address(client),
              new Uint64(index)));
    }
    return logs;
  }

  SyntheticLog given(int withDecimals) {
    return EventLogs.of(
        REGISTRY,
        ReputationRegistry.NEWFEEDBACK_EVENT,
        EventLogs.uint(agent),
        EventLogs.address(client),
        new Uint64(index),
        new Int128(value),
        new Uint8(withDecimals),
        new Utf8String(tag1),
        new Utf8String(tag1),
        new Utf8String(tag2),
        new Utf8String("https://agent.example/" + agent),
        new Utf8String("https://feedback.example/" + index + ".json"),
        EventLogs.word(EventLogs.hash("file of " + index)));
  }

  private SyntheticLog answer(RandomGenerator random) {
    return EventLogs.of(
        REGISTRY,
        ReputationRegistry.RESPONSEAPPENDED_EVENT,
        EventLogs.uint(agent),
        EventLogs.address(client),
        new Uint64(index),
        EventLogs.address(EventLogs.account("0e", random.nextInt(CLIENTS))),
        new Utf8String("https://answer.example/" + random.nextInt()),
        EventLogs.word(EventLogs.hash("answer to " + index)));
  }
}
