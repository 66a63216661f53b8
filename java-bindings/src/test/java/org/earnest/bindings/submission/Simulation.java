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
 * Two processes of several threads with one account, on a simulated clock, chain and store. One
 * thread runs at a time, and a seed decides everything: who asks for what, who goes on after each
 * call, which call fails, where a process is killed or sleeps while the world goes on, what the
 * node has forgotten, how far the chain reorganises. The same seed is the same run.
 */
final class Simulation {
  static final int FINALITY = 5;
  static final long FEE_CAP = 500;
  private static final int MOST_LAG = 3;
  private static final int REQUESTS = 9;
  private static final int MOST_THREADS = 4;
  private static final int EVENTS = 120;
  private static final int STEPS_BETWEEN_EVENTS = 6;
  private static final int MOST_STEPS_TO_REST = 20_000;
  private static final int ROUNDS = 80;

  /** Longer than a lease's term. */
  private static final int LONGEST_SLEEP_MILLIS = 8_000;

  private static final Duration QUEUEING = Duration.ofMillis(50);
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final EvmAddress TARGET = new EvmAddress("0x" + "7".repeat(40));

  private final Random random;
  private final Mutant mutant;
  private final SimulatedChain chain = new SimulatedChain();
  private final SimulatedNode node = new SimulatedNode(chain);
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Set<Integer> asked = new HashSet<>();
  private final Set<Integer> toldFinal = new HashSet<>();
  private final Set<Integer> toldRefusedForGood = new HashSet<>();
  private final SimulatedTime time = new SimulatedTime();
  private final InMemorySubmissionJournal memory;
  final SimulatedThreads threads = new SimulatedThreads(time);
  final Audit store;
  private boolean calm;
  private boolean finalityBroken;
  private long trace = 17;

  Simulation(long seed, Mutant mutant) {
    this.random = new Random(seed);
    this.mutant = mutant;
    this.memory = new InMemorySubmissionJournal(time, mutant::isAwaited);
    this.store = new Audit(mutant.store(memory));
    processes.add(new SimulatedProcess(this, mutant));
    processes.add(new SimulatedProcess(this, mutant));
  }

  /** What went wrong, or empty. */
  Optional<String> run() {
    try {
      for (int events = 0; events < EVENTS; ) {
        if (random.nextInt(STEPS_BETWEEN_EVENTS) == 0 || !step()) {
          event();
          events++;
        }
      }
      comeToRest();
      compare();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.ofNullable(violation.getMessage());
    } finally {
      processes.forEach(SimulatedProcess::die);
      threads.buryDead();
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

  /** Between any two calls. */
  void othersMayGoOn() {
    if (random.nextBoolean()) {
      threads.giveWay();
    }
  }

  /** The thread that runs, or all of its process. */
  void sleep(SimulatedProcess process) {
    Duration length = Duration.ofMillis(random.nextInt(LONGEST_SLEEP_MILLIS));
    if (random.nextBoolean()) {
      process.sleepUntil(threads.nanos() + length.toNanos());
      threads.giveWay();
    } else {
      threads.sleep(length);
    }
  }

  /** One thread goes on; false when none can. */
  private boolean step() {
    List<SimulatedThread> ready = threads.ready();
    if (ready.isEmpty()) {
      return false;
    }
    int chosen = random.nextInt(ready.size());
    note(chosen);
    threads.resume(ready.get(chosen));
    threads.buryDead();
    processes.replaceAll(
        process -> process.isAlive() ? process : new SimulatedProcess(this, mutant));
    return true;
  }

  private void event() {
    int kind = random.nextInt(21);
    note(kind);
    switch (kind) {
      case 0, 1, 2 -> act(1);
      case 3, 4 -> act(MOST_THREADS);
      case 5, 6, 7, 8 -> chain.mine();
      case 9, 10, 11, 12, 13 -> time.pass(Duration.ofNanos(threads.untilNext().orElse(0)));
      case 14 -> time.pass(Duration.ofMillis(random.nextInt(LONGEST_SLEEP_MILLIS)));
      case 15, 16 -> chain.reorganise(1 + random.nextInt(FINALITY), random);
      case 17 -> chain.forget(random);
      case 18 -> memory.crash();
      case 19 -> chain.ask(BigInteger.valueOf(List.of(10, 10, 30, 200).get(random.nextInt(4))));
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

  /** So many threads begin in one process, as far as it has room for them. */
  private void act(int begin) {
    SimulatedProcess process = processes.get(random.nextInt(processes.size()));
    for (int i = 0; i < begin && threads.count(process) < MOST_THREADS; i++) {
      if (random.nextInt(4) == 0) {
        start(process, () -> process.engine().reconcile());
      } else {
        int number = random.nextInt(REQUESTS);
        Duration patience = Duration.ofSeconds(random.nextInt(4));
        start(process, () -> ask(process, number, patience));
      }
    }
  }

  private void start(SimulatedProcess process, Runnable work) {
    threads.start(
        process,
        () -> {
          try {
            work.run();
          } catch (ChainUnavailableException | JournalUnavailableException e) {
            note(1);
          }
        });
  }

  private void ask(SimulatedProcess process, int number, Duration patience) {
    asked.add(number);
    SubmissionOutcome outcome = process.engine().submit(request(number), patience);
    note(outcome.getClass().getSimpleName().hashCode());
    switch (outcome) {
      case SubmissionOutcome.Settled settled -> {
        if (settled.inclusion() == Inclusion.FINAL) {
          toldFinal.add(number);
        }
      }
      case SubmissionOutcome.Rejected rejected -> {
        requireExpected(number, rejected);
        if (rejected.inclusion().filter(Inclusion.FINAL::equals).isPresent()) {
          toldRefusedForGood.add(number);
        }
      }
      case SubmissionOutcome.Pending pending -> {}
      case SubmissionOutcome.Unknown unknown -> {}
    }
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
    waitForAll();
    for (int round = 0; round < ROUNDS && !asked.stream().allMatch(this::isFinal); round++) {
      SimulatedProcess process = processes.get(round % processes.size());
      for (int number : asked) {
        start(process, () -> ask(process, number, QUEUEING));
      }
      waitForAll();
      time.pass(Duration.ofSeconds(6));
      start(process, () -> process.engine().reconcile());
      waitForAll();
      chain.mine();
    }
  }

  private void waitForAll() {
    for (int steps = 0; !threads.atRest(); steps++) {
      if (steps > MOST_STEPS_TO_REST) {
        throw new Violation("somebody goes on for ever");
      }
      if (!step()) {
        time.pass(Duration.ofNanos(threads.untilNext().orElseThrow()));
      }
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
      if (toldRefusedForGood.contains(number) && effects != 0 && !finalityBroken) {
        throw new Violation("request " + number + " was told refused for good and was done");
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
