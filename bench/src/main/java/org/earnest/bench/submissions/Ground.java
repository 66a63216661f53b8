package org.earnest.bench.submissions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.Deployed;
import org.earnest.devnet.Deployment;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.PostgresSubmissionJournal;

/** A chain and a database of this run's own, with a token that contenders hold. */
public final class Ground {
  private static final BigInteger PURSE = BigInteger.valueOf(1_000_000_000_000L);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(2);

  private final DevChain chain;
  private final ChainReader reader;
  private final DatabaseSettings settings;
  private final Database database;
  private final PostgresSubmissionJournal journal;
  private final TransactionSubmitter deployer;
  private final Deployed contracts;

  private Ground(DevChain chain, DatabaseSettings settings, Database database) {
    this.settings = settings;
    this.chain = chain;
    this.reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
    this.database = database;
    this.journal = PostgresSubmissionJournal.open(database);
    this.deployer =
        new JournaledTransactionSubmitter(
            chain.rpc(),
            reader,
            account(Role.DEPLOYER).signer(),
            journal,
            SubmissionSettings.DEFAULT);
    this.contracts = Deployment.ensure(chain, deployer);
  }

  /**
   * Starts both; the lifecycle ends them.
   *
   * @param state holds the database's files and the chain's log
   */
  public static Ground start(
      Lifecycle lifecycle, Path anvil, Path postgresBinaries, StateDirectory state) {
    DevChain chain =
        lifecycle.start(
            () -> AnvilChain.start(AnvilSettings.ephemeral(anvil, state.resolve("chain"))));
    EmbeddedPostgres postgres =
        lifecycle.start(() -> EmbeddedPostgres.start(state, postgresBinaries));
    Database database =
        lifecycle.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    return new Ground(chain, postgres.settings(), database);
  }

  DevChain chain() {
    return chain;
  }

  JsonRpc rpc() {
    return chain.rpc();
  }

  ChainReader reader() {
    return reader;
  }

  /** How another process reaches the database. */
  DatabaseSettings databaseSettings() {
    return settings;
  }

  Database database() {
    return database;
  }

  PostgresSubmissionJournal journal() {
    return journal;
  }

  Deployed contracts() {
    return contracts;
  }

  DevAccount account(Role role) {
    return chain.account(role);
  }

  /** Gives an account the token. */
  void fund(EvmAddress account) {
    ChainCall mint = new TokenCalls(contracts.usdc()).mint(account, PURSE);
    SubmissionOutcome outcome =
        deployer.submit(
            new SubmissionRequest("bench:fund:" + account, mint.to(), mint.data()), PATIENCE);
    if (!(outcome instanceof SubmissionOutcome.Settled)) {
      throw new IllegalStateException("the account could not be funded: " + outcome);
    }
  }

  /** A transfer of one unit of the token. */
  ChainCall transfer(EvmAddress to) {
    return new TokenCalls(contracts.usdc()).transfer(to, BigInteger.ONE);
  }

  long balance(EvmAddress account) {
    return new TokenReads(reader, contracts.usdc())
        .balance(account, BlockTag.Named.LATEST)
        .longValueExact();
  }

  /** How many of the account's are mined. */
  long transactions(EvmAddress account) {
    return reader.transactionCount(account, BlockTag.Named.LATEST).longValueExact();
  }

  /** Sets the pace, and with blocks at intervals waits until one was just made. */
  void begin(Pace pace) {
    chain.mining(pace.mode());
    if (!pace.atOnce()) {
      long head = head();
      while (head() == head) {
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /** The newest block's number. */
  long head() {
    return reader.block(BlockTag.Named.LATEST).orElseThrow().ref().number();
  }
}
