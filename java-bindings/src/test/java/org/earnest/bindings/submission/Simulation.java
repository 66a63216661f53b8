package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.bindings.submission.Audit.Violation;
import org.earnest.bindings.submission.SimulatedProcess.Blow;
import org.earnest.bindings.submission.SimulatedProcess.Killed;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.testkit.submission.InMemorySubmissionJournal;

/**
 * Two processes with one account in one thread, on a simulated clock, chain and store. A seed
 * decides everything: who asks for what, which call fails, where a process is killed or sleeps
 * while the world goes on, what the node has forgotten, how far the chain reorganises. The same
 * seed is the same run.
 */
final class Simulation {
  static final int FINALITY = 5;
  static final long FEE_CAP = 500;
  private static final int DEEPEST = 4;
  private static final int MOST_LAG = 3;
  private static final int REQUESTS = 6;
  private static final int EVENTS = 60;
  private static final int MOST_NESTED = 2;
  private static final int ROUNDS = 80;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final EvmAddress TARGET = new EvmAddress("0x" + "7".repeat(40));

  private final Random random;
  private final Mutant mutant;
  private final SimulatedChain chain = new SimulatedChain();
  private final SimulatedNode node = new SimulatedNode(chain);
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Set<Integer> asked = new HashSet<>();
  private final Set<Integer> toldFinal = new HashSet<>();
  final SimulatedTime time = new SimulatedTime(this::meanwhile);
  final Audit store;
  private int nested;
  private boolean calm;
  private boolean finalityBroken;
  private long trace = 17;

  Simulation(long seed, Mutant mutant) {
    this.random = new Random(seed);
    this.mutant = mutant;
    this.store = new Audit(mutant.store(new InMemorySubmissionJournal(time)));
    processes.add(new SimulatedProcess(this, mutant));
    processes.add(new SimulatedProcess(this, mutant));
  }

  /** What went wrong, or empty. */
  Optional<String> run() {
    try {
      for (int i = 0; i < EVENTS; i++) {
        event();
      }
      comeToRest();
      compare();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.ofNullable(violation.getMessage());
    }
  }

  /** A number that two runs share if they did the same. */
  long trace() {
    return trace;
  }

  RpcReply node(String method, List<Object> params, int lag) {
    if (method.equals("eth_sendRawTransaction")) {
      store.received(SimulatedChain.Transaction.decode((String) params.getFirst()));
    }
    note(method.hashCode() + lag);
    return node.call(method, params, lag);
  }

  int lag(String method) {
    boolean lags = !calm && !method.equals("eth_sendRawTransaction") && random.nextInt(8) == 0;
    return lags ? random.nextInt(MOST_LAG + 1) : 0;
  }

  Blow blow() {
    int dice = calm ? Integer.MAX_VALUE : random.nextInt(1_000);
    Blow blow =
        dice < 5
            ? Blow.KILLED_BEFORE
            : dice < 10
                ? Blow.KILLED_AFTER
                : dice < 25
                    ? Blow.FAILED_BEFORE
                    : dice < 40
                        ? Blow.FAILED_AFTER
                        : dice < 75 ? Blow.SLEPT_BEFORE : dice < 95 ? Blow.SLEPT_AFTER : Blow.NONE;
    note(blow.name().hashCode());
    return blow;
  }

  /** The world goes on while one process sleeps. */
  void meanwhile() {
    if (calm || nested >= MOST_NESTED) {
      return;
    }
    nested++;
    try {
      for (int more = 1 + random.nextInt(4); more > 0; more--) {
        event();
      }
    } finally {
      nested--;
    }
  }

  private void event() {
    int kind = random.nextInt(16);
    note(kind);
    switch (kind) {
      case 0, 1, 2, 3, 4, 5 -> act(random.nextInt(processes.size()));
      case 6, 7, 8, 9 -> chain.mine();
      case 10 -> time.pass(Duration.ofMillis(random.nextInt(8_000)));
      case 11, 12 -> chain.reorganise(1 + random.nextInt(DEEPEST), random);
      case 13 -> chain.forget(random);
      case 14 -> chain.ask(BigInteger.valueOf(List.of(10, 10, 30, 200).get(random.nextInt(4))));
      default -> {
        if (random.nextInt(8) == 0) {
          breakFinality();
        } else {
          becomeDear();
        }
      }
    }
  }

  /** What nobody expects of a chain: what was final is gone, and the chain may be shorter now. */
  private void breakFinality() {
    finalityBroken = true;
    int depth = FINALITY + 1 + random.nextInt(FINALITY);
    chain.reorganise(depth, random.nextInt(depth + 2), random);
  }

  /** For so long that whatever waits is stuck; nobody may offer so much. */
  private void becomeDear() {
    if (random.nextInt(3) != 0) {
      return;
    }
    chain.ask(BigInteger.valueOf(FEE_CAP + 1));
    for (int i = 0; i <= SubmissionSettings.DEFAULT.stuckAfterBlocks(); i++) {
      chain.mine();
    }
  }

  private void act(int index) {
    SimulatedProcess process = processes.get(index);
    if (process.busy) {
      return;
    }
    process.busy = true;
    try {
      if (random.nextInt(4) == 0) {
        process.engine().reconcile();
      } else {
        ask(process, random.nextInt(REQUESTS), Duration.ofMillis(random.nextInt(3) * 1_000L));
      }
    } catch (ChainUnavailableException | JournalUnavailableException e) {
      note(1);
    } catch (Killed killed) {
      note(2);
      processes.set(index, new SimulatedProcess(this, mutant));
    } finally {
      process.busy = false;
    }
  }

  private SubmissionOutcome ask(SimulatedProcess process, int number, Duration patience) {
    asked.add(number);
    SubmissionOutcome outcome = process.engine().submit(request(number), patience);
    note(outcome.getClass().getSimpleName().hashCode());
    switch (outcome) {
      case SubmissionOutcome.Settled settled -> {
        if (settled.inclusion() == Inclusion.FINAL) {
          toldFinal.add(number);
        }
      }
      case SubmissionOutcome.Rejected rejected -> requireExpected(number, rejected);
      case SubmissionOutcome.Pending pending -> {}
      case SubmissionOutcome.Unknown unknown -> {}
    }
    return outcome;
  }

  /** Nobody else uses the account, and only some requests may revert or be given up. */
  private static void requireExpected(int number, SubmissionOutcome.Rejected rejected) {
    boolean expected =
        switch (rejected.code()) {
          case "reverted" -> request(number).data().startsWith(SimulatedChain.FICKLE);
          case "expired" -> request(number).cancellable();
          case "fee_cap_exceeded" -> true;
          default -> false;
        };
    if (!expected) {
      throw new Violation("request " + number + " was told " + rejected);
    }
  }

  private static SubmissionRequest request(int number) {
    String data = (number % 3 == 1 ? SimulatedChain.FICKLE : "0xaa") + "%02x".formatted(number);
    SubmissionRequest request = new SubmissionRequest("request/" + number, TARGET, data);
    return number % 3 == 2 ? request.orCancelled() : request;
  }

  /** No more faults: everything that was asked for must come to its end. */
  private void comeToRest() {
    calm = true;
    chain.ask(BigInteger.TEN);
    for (int round = 0; round < ROUNDS && !asked.stream().allMatch(this::isFinal); round++) {
      SimulatedProcess process = processes.get(round % processes.size());
      for (int number : asked) {
        var unused = ask(process, number, Duration.ZERO);
      }
      time.pass(Duration.ofSeconds(6));
      process.engine().reconcile();
      chain.mine();
    }
  }

  private boolean isFinal(int number) {
    return find(number).filter(row -> row.state() instanceof Final).isPresent();
  }

  private Optional<Submission> find(int number) {
    return store.find(SubmissionId.of(CHAIN, request(number).key()));
  }

  private void compare() {
    for (int number : asked) {
      long effects = chain.effects(request(number).data());
      if (effects > 1) {
        throw new Violation("request " + number + " was done " + effects + " times");
      }
      if (!isFinal(number)) {
        throw new Violation("request " + number + " came to no end: " + find(number));
      }
      Final end = (Final) find(number).orElseThrow().state();
      if (!chain.holds(end.block())) {
        throw new Violation("request " + number + " is final in a block that is gone: " + end);
      }
      boolean settled = end.revert().isEmpty() && !end.transaction().cancels();
      if (effects != (settled ? 1 : 0)) {
        throw new Violation("request " + number + " is " + end + ", done " + effects + " times");
      }
      if (toldFinal.contains(number) && effects != 1 && !finalityBroken) {
        throw new Violation("request " + number + " was told final and is not");
      }
    }
    long given = store.highestNonce(CHAIN, SimulatedSigner.ADDRESS).orElse(-1) + 1;
    if (chain.nonce(chain.head().number()) != given) {
      throw new Violation("the journal gave out " + given + " nonces, the chain has others");
    }
  }

  private void note(int what) {
    trace = trace * 31 + what;
  }
}
