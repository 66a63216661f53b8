package org.earnest.cli.deal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
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
import org.earnest.devnet.DevChain;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.PostgresSubmissionJournal;

/** A chain of one run's own, with the house's contracts and the engine that sends to them. */
public final class Sandbox {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A block is made for each transaction, at once. */
  private static final Duration POLL = Duration.ofMillis(10);

  private static final BigInteger GAS_MONEY = BigInteger.TEN.pow(21);

  private final DevChain chain;
  private final ChainReader reader;
  private final PostgresSubmissionJournal journal;
  private final Deployed contracts;
  private final Map<EvmAddress, TransactionSubmitter> submitters = new HashMap<>();

  private Sandbox(DevChain chain, Database database) {
    this.chain = chain;
    this.reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
    this.journal = PostgresSubmissionJournal.open(database);
    this.contracts =
        Deployment.ensure(chain, submitter(chain.account(DevAccount.Role.DEPLOYER).signer()));
  }

  /**
   * Starts it; the lifecycle ends it.
   *
   * @param state holds the database's files and the chain's log
   */
  public static Sandbox start(
      Lifecycle lifecycle, Path anvil, Path postgresBinaries, StateDirectory state) {
    DevChain chain =
        lifecycle.start(
            () -> AnvilChain.start(AnvilSettings.ephemeral(anvil, state.resolve("chain"))));
    EmbeddedPostgres postgres =
        lifecycle.start(() -> EmbeddedPostgres.start(state, postgresBinaries));
    Database database =
        lifecycle.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    return new Sandbox(chain, database);
  }

  DevChain chain() {
    return chain;
  }

  ChainReader reader() {
    return reader;
  }

  Deployed contracts() {
    return contracts;
  }

  /** Second of 1970 of the newest block. */
  long head() {
    return reader.block(LATEST).orElseThrow().timestamp();
  }

  /** Lets what is sent next happen at this second, which is not before the newest block's. */
  void at(long second) {
    if (head() < second) {
      chain.warpTo(second);
    }
    chain.nextBlockAt(second);
  }

  /** Lets an account send transactions. */
  void fuel(EvmAddress account) {
    chain.setBalance(account, GAS_MONEY);
  }

  /** Gives an account this much test money, which may be more than the token's faucet gives. */
  void give(EvmAddress account, BigInteger amount) {
    chain.setStorage(contracts.usdc(), TokenStorage.balance(account), TokenStorage.word(amount));
  }

  /** Atomic units that an account has, or may fetch from the escrow. */
  BigInteger holding(EvmAddress account) {
    return new TokenReads(reader, contracts.usdc())
        .balance(account, LATEST)
        .add(
            new DealEscrowReads(reader, contracts.dealEscrow())
                .credit(contracts.usdc(), account, LATEST));
  }

  /**
   * Sends a call and waits for its block.
   *
   * @param what for the journal, and for whoever reads why it was refused
   * @return what the escrow says of it
   * @throws StartupException {@code contract_refused}, {@code transaction_not_mined}
   */
  List<DealEvent> send(LocalSigner sender, String what, ChainCall call) {
    SubmissionOutcome outcome =
        submitter(sender).submit(new SubmissionRequest(what, call.to(), call.data()), PATIENCE);
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> events(settled.receipt().logs());
      case SubmissionOutcome.Rejected rejected ->
          throw new StartupException(
              "contract_refused",
              "the contract refused \"" + what + "\": " + rejected.reason(),
              "Do not sign these terms: a path that they offer cannot be gone");
      case SubmissionOutcome.Pending pending -> throw notMined(what);
      case SubmissionOutcome.Unknown unknown -> throw notMined(what);
    };
  }

  private TransactionSubmitter submitter(LocalSigner sender) {
    return submitters.computeIfAbsent(
        sender.address(),
        added ->
            new JournaledTransactionSubmitter(
                chain.rpc(),
                reader,
                sender,
                journal,
                SubmissionSettings.DEFAULT.withIntervals(
                    POLL, SubmissionSettings.DEFAULT.resendInterval())));
  }

  private List<DealEvent> events(List<ChainLog> logs) {
    return logs.stream()
        .filter(log -> log.address().equals(contracts.dealEscrow()))
        .flatMap(
            log ->
                EventDecoder.decode(log) instanceof Decoding.Decoded decoded
                        && decoded.event() instanceof DealEvent event
                    ? Stream.of(event)
                    : Stream.empty())
        .toList();
  }

  private static StartupException notMined(String what) {
    return new StartupException(
        "transaction_not_mined",
        "\"" + what + "\" was sent and not mined within " + PATIENCE.toSeconds() + " s",
        "Run it again when the machine has less to do");
  }
}
