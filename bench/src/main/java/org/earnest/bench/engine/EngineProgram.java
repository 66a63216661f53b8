package org.earnest.bench.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.submission.PostgresSubmissionJournal;

/**
 * A process that runs the engine as a service does: the journal in PostgreSQL, a local key, a node
 * over HTTP. It takes its {@link Orders} from the first line of standard input, reconciles, and
 * works until all is settled; then it sees blocks become final until standard input ends. That ends
 * it whatever it is doing, so that it never outlives who started it. A second line lets go on what
 * was stopped.
 */
public final class EngineProgram {
  /** Deep enough that a block is seen before it is final. */
  static final int FINAL_DEPTH = 3;

  private static final int BUG = 70;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RESEND = Duration.ofSeconds(1);

  private final Words words = new Words(System.out);
  private final UnaryOperator<SubmissionJournal> tamper;

  private EngineProgram(UnaryOperator<SubmissionJournal> tamper) {
    this.tamper = tamper;
  }

  /** The engine as it is. */
  public static void main(String[] args) throws IOException {
    run(UnaryOperator.identity());
  }

  /**
   * The engine with another journal than its own.
   *
   * @param tamper breaks what is to be noticed
   */
  static void run(UnaryOperator<SubmissionJournal> tamper) throws IOException {
    new EngineProgram(tamper).run();
  }

  private void run() throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> die(bug));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null) {
      return;
    }
    Orders orders = StrictJson.read(line.getBytes(StandardCharsets.UTF_8), Orders.class);
    Stop stop = new Stop(orders.trap(), words);
    Thread.ofPlatform().daemon().name("orders").start(() -> obey(in, stop));
    words.begun();
    // Never closed: the process is ended, by a kill or by the end of its input.
    Database database =
        Stubborn.insist(() -> Database.open(orders.database(), new SimpleMeterRegistry()));
    work(orders, stop, new StoppingJournal(journal(database), stop));
  }

  private SubmissionJournal journal(Database database) {
    return tamper.apply(Stubborn.insist(() -> PostgresSubmissionJournal.open(database)));
  }

  private void work(Orders orders, Stop stop, SubmissionJournal journal) {
    JsonRpc node = Stubborn.insist(() -> FailoverJsonRpc.connect(orders.urls()));
    UnreliableRpc rpc = new UnreliableRpc(node, stop, orders.lostPercent(), orders.seed());
    JsonRpcChainReader chain = Stubborn.insist(() -> JsonRpcChainReader.connect(rpc));
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(
            rpc, chain, LocalSigner.of(orders.privateKey()), journal, settings(orders));
    Stubborn.insist(submitter::reconcile);
    stop.reconciled();
    words.reconciled();
    Upkeep.start(submitter);
    new Callers(submitter, orders, orders.leftovers(), words).run();
    stop.newWorkBegins();
    new Callers(submitter, orders, orders.asks(), words).run();
    words.done();
    Stubborn.sleepForEver();
  }

  /** A caller that died would leave its request unanswered without a word. */
  private static void die(Throwable bug) {
    bug.printStackTrace();
    Runtime.getRuntime().halt(BUG);
  }

  private static SubmissionSettings settings(Orders orders) {
    return SubmissionSettings.DEFAULT
        .withIntervals(POLL, RESEND)
        .withFinality(new Finality.Depth(FINAL_DEPTH))
        .withLeaseTerm(Duration.ofMillis(orders.leaseMillis()));
  }

  private static void obey(BufferedReader in, Stop stop) {
    try {
      while (in.readLine() != null) {
        stop.release();
      }
    } catch (IOException closed) {
      // as good as its end
    }
    Runtime.getRuntime().halt(0);
  }
}
