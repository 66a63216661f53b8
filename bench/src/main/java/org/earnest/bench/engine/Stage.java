package org.earnest.bench.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.earnest.bench.engine.Orders.Trap;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.Deployment;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.MiningMode;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.submission.PostgresSubmissionJournal;

/**
 * A chain and a database that outlive the engine's processes, and one account with test USDC that
 * all of them share.
 */
public final class Stage {
  /** Atomic units: enough for as many requests as anybody has the time for. */
  static final BigInteger GRANT = BigInteger.TEN.pow(12);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pace REHEARSAL = new Pace(1, 0, Duration.ofSeconds(1));
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Twenty gwei: what the engine offers while blocks are empty is a little more than one. */
  private static final String DEAR = "0x4a817c800";

  private static final int HEAP_MEGABYTES = 192;

  private final StagePlan plan;
  private final Lifecycle lifecycle;
  private final DevChain chain;
  private final EmbeddedPostgres postgres;
  private final PostgresSubmissionJournal journal;
  private final EvmAddress token;
  private final BigInteger firstNonce;
  private final Path natives;

  private Stage(StagePlan plan, Lifecycle lifecycle) {
    this.plan = plan;
    this.lifecycle = lifecycle;
    this.natives = folder("native");
    chain =
        lifecycle.start(
            () -> AnvilChain.start(AnvilSettings.ephemeral(plan.anvil(), folder("chain"))));
    postgres = lifecycle.start(() -> EmbeddedPostgres.start(plan.state(), plan.postgresBinaries()));
    Database database =
        lifecycle.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    journal = PostgresSubmissionJournal.open(database);
    token = furnish();
    firstNonce = reader().transactionCount(account().address(), BlockTag.Named.LATEST);
    chain.mining(new MiningMode.Manual());
    rehearse();
    lifecycle.start(() -> Miner.start(chain, plan.blockInterval()));
  }

  /** Starts all that is needed, and owns it by the lifecycle. */
  public static Stage set(StagePlan plan, Lifecycle lifecycle) {
    return lifecycle.inSteps(() -> new Stage(plan, lifecycle));
  }

  private EvmAddress furnish() {
    JournaledTransactionSubmitter deployer =
        new JournaledTransactionSubmitter(
            chain.rpc(),
            reader(),
            chain.account(DevAccount.Role.DEPLOYER).signer(),
            journal,
            SubmissionSettings.DEFAULT);
    EvmAddress usdc = Deployment.ensure(chain, deployer).usdc();
    ChainCall mint = new TokenCalls(usdc).mint(account().address(), GRANT);
    SubmissionOutcome outcome =
        deployer.submit(new SubmissionRequest("bench:grant", mint.to(), mint.data()), PATIENCE);
    if (!(outcome instanceof SubmissionOutcome.Settled)) {
      throw new StartupException(
          "bench_not_funded", "the account got no test USDC: " + outcome, "Start again");
    }
    return usdc;
  }

  /** The requests of a seed on this chain. */
  public Work work(long seed) {
    return new Work(seed, token);
  }

  /** Another way to the chain, which loses some answers by the seed. */
  public Relay relay(long seed) {
    return lifecycle.start(() -> Relay.start(chain.rpcUrl(), seed));
  }

  /**
   * The next block costs far more than anybody offered, and those after it an eighth less each. The
   * node forgets what waits and cannot pay.
   */
  public void becomeDear() {
    chain.rpc().require("anvil_setNextBlockBaseFeePerGas", DEAR);
    chain.mine(1);
  }

  /** A life of the engine; the lifecycle ends what is not killed before. */
  public EngineProcess engine(Orders orders) {
    return lifecycle.start(
        () ->
            EngineProcess.start(
                JavaCommand.of(
                    plan.mainClass(),
                    natives,
                    HEAP_MEGABYTES,
                    "-XX:SharedArchiveFile=" + archive()),
                orders,
                log().toFile()));
  }

  /**
   * Lets the engine reconcile once and end in peace, which leaves an archive of its classes: later
   * lives start in half the time. Where none comes of it they start as always.
   */
  private void rehearse() {
    Orders orders = orders(0, List.of(), List.of(), REHEARSAL, Optional.empty());
    List<String> command =
        JavaCommand.of(
            plan.mainClass(), natives, HEAP_MEGABYTES, "-XX:ArchiveClassesAtExit=" + archive());
    try (EngineProcess engine =
        lifecycle.start(() -> EngineProcess.start(command, orders, log().toFile()))) {
      Optional<Said> said = engine.next(PATIENCE);
      while (said.isPresent() && !isLast(said.get())) {
        said = engine.next(PATIENCE);
      }
      engine.end(PATIENCE);
    }
    tidy();
  }

  private static boolean isLast(Said said) {
    return said instanceof Said.Done || said instanceof Said.Ended;
  }

  private Path archive() {
    return plan.state().resolve("engine.jsa");
  }

  /** What killed processes left of their libraries; nothing may run meanwhile. */
  public void tidy() {
    try (Stream<Path> left = Files.list(natives)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  public Orders orders(
      long seed, List<Integer> leftovers, List<Integer> asks, Pace pace, Optional<Trap> trap) {
    return new Orders(
        seed,
        List.of(chain.rpcUrl()),
        postgres.settings().jdbcUrl(),
        postgres.settings().user(),
        postgres.settings().password(),
        account().privateKey(),
        token.hex(),
        leftovers,
        asks,
        pace.threads(),
        pace.lostPercent(),
        pace.leaseTerm().toMillis(),
        trap);
  }

  /** What the engine's processes wrote to standard error. */
  public Path log() {
    return plan.state().resolve("engine.log");
  }

  /**
   * Waits until the journal has nothing left to do.
   *
   * @return whether it came to that in time
   */
  public boolean awaitRest(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    EvmAddress account = account().address();
    while (System.nanoTime() - deadline < 0) {
      if (journal.open(chain.chainId(), account).isEmpty()
          && journal.included(chain.chainId(), account).isEmpty()) {
        return true;
      }
      Stubborn.pause(LOOK);
    }
    return false;
  }

  /** How often the account's lease passed from one process to another; none may run any more. */
  public long leaseChanges() {
    UUID us = UUID.randomUUID();
    EvmAddress account = account().address();
    Optional<SignerLease> lease = journal.lease(chain.chainId(), account, us, LOOK);
    while (lease.isEmpty()) {
      Stubborn.pause(LOOK);
      lease = journal.lease(chain.chainId(), account, us, LOOK);
    }
    // Neither the first holder nor we are a change.
    return Math.max(0, lease.get().token() - 2);
  }

  DevAccount account() {
    return chain.account(DevAccount.Role.RELAYER);
  }

  ChainReader reader() {
    return JsonRpcChainReader.connect(chain.rpc());
  }

  PostgresSubmissionJournal journal() {
    return journal;
  }

  EvmAddress token() {
    return token;
  }

  long firstNonce() {
    return firstNonce.longValueExact();
  }

  private Path folder(String name) {
    try {
      return plan.state().folder(name);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
