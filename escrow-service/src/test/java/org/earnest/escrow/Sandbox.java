package org.earnest.escrow;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.escrow.decide.AllowedToken;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.testkit.chain.AnvilProcess;
import org.earnest.testkit.chain.FaultyRpcServer;

/**
 * An anvil with the house's contracts, and a PostgreSQL. The service asks the chain through a proxy
 * that can fail; the test asks it directly.
 */
final class Sandbox implements AutoCloseable {
  static final BlockTag LATEST = BlockTag.Named.LATEST;

  /** Atomic units that a new buyer holds. */
  static final BigInteger PURSE = BigInteger.valueOf(1_000_000_000);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration FOLLOWING = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Path BINARIES = Path.of("target/postgres-binaries").toAbsolutePath();
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);

  /** Anvil's second published test key. */
  private static final String RELAYER_PRIVATE_KEY =
      "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

  final AnvilProcess anvil;
  final FaultyRpcServer node;
  final JsonRpc rpc;
  final ChainReader chain;
  final EvmAddress token;
  final EvmAddress identity;
  final EvmAddress escrow;
  final EvmAddress relayer;
  final Database database;
  private final EvmAddress deployer = LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY).address();
  private final ChainReader relayedChain;
  private final TransactionSubmitter submitter;
  private final StateDirectory state;
  private final EmbeddedPostgres postgres;
  private long agents;

  Sandbox(Path folder) throws IOException {
    anvil = AnvilProcess.start();
    node = FaultyRpcServer.proxy(anvil.url());
    rpc = HttpJsonRpc.to(anvil.url(), PATIENCE);
    chain = JsonRpcChainReader.connect(rpc);
    token = deploy(CreationCode.testUsdc());
    identity = deploy(CreationCode.identityRegistry());
    escrow = deploy(CreationCode.dealEscrow(identity));
    state = StateDirectory.open(folder.resolve("state"));
    postgres = EmbeddedPostgres.start(state, Files.createDirectories(BINARIES));
    database = Database.open(postgres.settings(), new SimpleMeterRegistry());
    JsonRpc relayed = HttpJsonRpc.to(node.url());
    relayedChain = JsonRpcChainReader.connect(relayed);
    submitter =
        new JournaledTransactionSubmitter(
            relayed,
            relayedChain,
            LocalSigner.of(RELAYER_PRIVATE_KEY),
            PostgresSubmissionJournal.open(database),
            SubmissionSettings.DEFAULT);
    relayer = submitter.sender();
  }

  EscrowService service(Duration patience) {
    return EscrowService.start(
        relayedChain,
        relayedChain,
        escrow,
        List.of(new AllowedToken(token, "USD Coin", "2")),
        submitter,
        SubmissionSettings.DEFAULT.finality(),
        database,
        IdempotencyKeys.open(database),
        patience,
        FOLLOWING);
  }

  /** Somebody with {@link #PURSE} and without ether. */
  LocalSigner buyer() {
    LocalSigner buyer = LocalSigner.random();
    mint(buyer.address(), PURSE);
    return buyer;
  }

  /** Gives an account atomic units. */
  void mint(EvmAddress to, BigInteger amount) {
    send(deployer, new TokenCalls(token).mint(to, amount));
  }

  /** Registers an agent of this owner, who has no ether afterwards. */
  BigInteger agent(EvmAddress owner) {
    send(owner, new IdentityRegistryCalls(identity).register("https://agent.example"));
    ether(owner, BigInteger.ZERO);
    return BigInteger.valueOf(++agents);
  }

  /** Sends as any account, which has an ether then. */
  TransactionReceipt send(EvmAddress from, ChainCall call) {
    rpc.require("anvil_impersonateAccount", from.hex());
    ether(from, ETHER);
    TransactionReceipt receipt =
        send(Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data()));
    if (!receipt.succeeded()) {
      throw new AssertionError("reverted: " + receipt);
    }
    return receipt;
  }

  /** Gives an account this much and no more, in wei. */
  void ether(EvmAddress account, BigInteger wei) {
    rpc.require("anvil_setBalance", account.hex(), "0x" + wei.toString(16));
  }

  /** What the next block asks for, in wei per gas. */
  void gasPrice(long wei) {
    rpc.require("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(wei));
    mine();
  }

  /** Atomic units. */
  BigInteger balance(EvmAddress owner) {
    return new TokenReads(chain, token).balance(owner, LATEST);
  }

  /** How many transactions the service's account sent. */
  long relayed() {
    return chain.transactionCount(relayer, LATEST).longValueExact();
  }

  void warp(long seconds) {
    rpc.require("evm_increaseTime", seconds);
    mine();
  }

  void automine(boolean on) {
    rpc.require("evm_setAutomine", on);
  }

  void mine() {
    rpc.require("evm_mine");
  }

  long now() {
    return chain.block(LATEST).orElseThrow().timestamp();
  }

  private EvmAddress deploy(String code) {
    return send(Map.of("from", deployer.hex(), "data", code)).contractAddress().orElseThrow();
  }

  private TransactionReceipt send(Map<String, String> transaction) {
    Map<String, String> withGas = new HashMap<>(transaction);
    withGas.put("gas", "0x989680");
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", withGas).stringValue());
    Optional<TransactionReceipt> receipt = chain.receipt(hash);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (receipt.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK.toNanos());
      receipt = chain.receipt(hash);
    }
    return receipt.orElseThrow(() -> new AssertionError("not mined: " + hash));
  }

  @Override
  public void close() throws IOException {
    database.close();
    postgres.close();
    state.close();
    node.close();
    anvil.close();
  }
}
