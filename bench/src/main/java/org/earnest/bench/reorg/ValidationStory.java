package org.earnest.bench.reorg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint8;

/** An agent asks a validator, who perhaps answers, and perhaps thinks again. */
final class ValidationStory implements Story {
  private static final EvmAddress REGISTRY = AgentLives.VALIDATION;
  private static final int VALIDATORS = 4;
  private static final int MOST = 100;
  private static final int NEVER = AgentLives.SPAN + 1;

  private final Hash32 request;
  private final long agent;
  private final EvmAddress validator;
  private final int answered;
  private final int answeredAgain;

  ValidationStory(String name, long agent, RandomGenerator random) {
    this.request = EventLogs.hash("validation " + name);
    this.agent = agent;
    this.validator = EventLogs.account("14", random.nextInt(VALIDATORS));
    this.answered = random.nextInt(4) == 0 ? NEVER : 1 + random.nextInt(AgentLives.SPAN / 2);
    this.answeredAgain = random.nextBoolean() ? answered + random.nextInt(5) : NEVER;
  }

  @Override
  public List<SyntheticLog> on(int day, RandomGenerator random) {
    List<SyntheticLog> logs = new ArrayList<>();
    if (day == 0) {
      logs.add(
          EventLogs.of(
              REGISTRY,
              ValidationRegistry.VALIDATIONREQUEST_EVENT,
              EventLogs.address(validator),
              EventLogs.uint(agent),
              new Utf8String("https://agent.example/work\0/" + agent),
              EventLogs.word(request)));
    }
    if (day == answered) {
      logs.add(answer(random));
    }
    // Of two on one day the later log holds.
    if (day == answeredAgain) {
      logs.add(answer(random));
    }
    return logs;
  }

  /** One answer in a hundred is more than the registry takes. */
  private SyntheticLog answer(RandomGenerator random) {
    return EventLogs.of(
        REGISTRY,
        ValidationRegistry.VALIDATIONRESPONSE_EVENT,
        EventLogs.address(validator),
        EventLogs.uint(agent),
        EventLogs.word(request),
        new Uint8(random.nextInt(MOST + 2)),
        new Utf8String("https://validator.example/" + random.nextInt()),
        EventLogs.word(EventLogs.hash("answer " + request)),
        new Utf8String(random.nextBoolean() ? "speed" : ""));
  }
}
