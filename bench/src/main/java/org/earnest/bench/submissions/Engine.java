package org.earnest.bench.submissions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.submission.MeteredSubmissionJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The submission engine with its journal in PostgreSQL, wired and kept up as the host does. */
final class Engine implements Contender {
  static final String NAME = "engine";
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SubmissionSettings SETTINGS = SubmissionSettings.DEFAULT;

  private final Ground ground;
  private final Tally tally = new Tally();
  private final JournaledTransactionSubmitter submitter;
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("submissions").factory());

  Engine(Ground ground) {
    this.ground = ground;
    JsonRpc rpc = new MeasuredRpc(ground.rpc(), tally);
    this.submitter =
        new JournaledTransactionSubmitter(
            rpc,
            JsonRpcChainReader.connect(rpc, ground.chain().chainId()),
            new MeasuredSigner(ground.account(Role.RELAYER).signer(), tally),
            new MeasuredJournal(
                new MeteredSubmissionJournal(ground.journal(), new SimpleMeterRegistry()), tally),
            SETTINGS);
    ground.fund(submitter.sender());
    submitter.reconcile();
    long millis = SETTINGS.resendInterval().toMillis();
    var unused =
        background.scheduleWithFixedDelay(this::seeThrough, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void seeThrough() {
    tally.background();
    try {
      submitter.reconcile();
    } catch (ChainUnavailableException | JournalUnavailableException e) {
      LOG.warn("open transactions wait: {}", e.getMessage());
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EvmAddress account() {
    return submitter.sender();
  }

  @Override
  public Sender ready(int count, EvmAddress to) {
    tally.clear();
    ChainCall transfer = ground.transfer(to);
    return number -> settles(to + "/" + number, transfer);
  }

  private boolean settles(String key, ChainCall call) {
    return submitter.submit(new SubmissionRequest(key, call.to(), call.data()), PATIENCE)
        instanceof SubmissionOutcome.Settled;
  }

  @Override
  public Map<String, Tally.Sum> calls() {
    return tally.sums();
  }

  @Override
  public void close() {
    background.shutdownNow();
    try {
      var unused = background.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
