package org.earnest.reputation;

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
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.testkit.chain.AnvilProcess;

/** An anvil with the house's contracts, and a PostgreSQL. */
final class Sandbox implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          "agent_change",
          "agent",
          "deal",
          "substitution",
          "settled_record",
          "settled_rating",
          "settled_summary",
          "feedback",
          "feedback_revocation",
          "feedback_response",
          "feedback_standing",
          "feedback_count",
          "agent_activity",
          "settled_total",
          "metadata_change",
          "operator_approval",
          "validation_request",
          "validation_response",
          "quarantine");
  private static final Path BINARIES = Path.of("target/postgres-binaries").toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration RECEIPT_POLL = Duration.ofMillis(2);

  final LocalSigner buyer = LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY);
  final AnvilProcess anvil;
  final JsonRpc rpc;
  final ChainReader chain;
  final EvmAddress token;
  final FollowedContracts contracts;
  final Database database;
  private final StateDirectory state;
  private final EmbeddedPostgres postgres;

  Sandbox(Path folder) throws IOException {
    anvil = AnvilProcess.start();
    rpc = HttpJsonRpc.to(anvil.url(), PATIENCE);
    chain = JsonRpcChainReader.connect(rpc);
    token = deploy(CreationCode.testUsdc());
    EvmAddress identity = deploy(CreationCode.identityRegistry());
    contracts =
        new FollowedContracts(
            chain.chainId(),
            identity,
            deploy(CreationCode.reputationRegistry(identity)),
            Optional.of(deploy(CreationCode.validationRegistry(identity))),
            Optional.of(deploy(CreationCode.dealEscrow(identity))));
    state = StateDirectory.open(folder.resolve("state"));
    postgres = EmbeddedPostgres.start(state, Files.createDirectories(BINARIES));
    database = Database.open(postgres.settings(), new SimpleMeterRegistry());
  }

  ReputationIndexer indexer() {
    return ReputationIndexer.start(chain, contracts, database, new SimpleMeterRegistry());
  }

  /** An indexer that can ask the chain for logs up to this block only. */
  ReputationIndexer indexerUpTo(long lastBlock) {
    JsonRpc cutOff = new CutOffRpc(rpc, lastBlock);
    return ReputationIndexer.start(
        JsonRpcChainReader.connect(cutOff), contracts, database, new SimpleMeterRegistry());
  }

  /** Registers an agent of this owner. */
  BigInteger register(EvmAddress owner, String uri) {
    return send(owner, new IdentityRegistryCalls(contracts.identityRegistry()).register(uri))
        .logs()
        .stream()
        .map(EventDecoder::decode)
        .filter(Decoding.Decoded.class::isInstance)
        .map(decoding -> ((Decoding.Decoded) decoding).event())
        .filter(IdentityEvent.Registered.class::isInstance)
        .map(event -> ((IdentityEvent.Registered) event).agentId())
        .findFirst()
        .orElseThrow();
  }

  EvmAddress escrow() {
    return contracts.dealEscrow().orElseThrow();
  }

  BlockRef head() {
    return chain.block(BlockTag.Named.LATEST).orElseThrow().ref();
  }

  /** Every row of the schema but the follower's own, which depend on its steps. */
  Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      rows.put(
          table,
          database.call(
              handle ->
                  handle
                      .createQuery(
                          "select t::text as line from reputation." + table + " t order by 1")
                      .mapTo(String.class)
                      .list()));
    }
    return rows;
  }

  /** Forgets everything that was indexed. */
  void forget() {
    database.run(
        handle -> {
          handle.execute("drop schema if exists reputation cascade");
        });
  }

  /** Waits until the index holds the newest block, whatever it held before. */
  void followed(ReputationIndexer indexer) throws InterruptedException {
    BlockRef head = head();
    if (!indexer.awaitBlock(head, PATIENCE)) {
      throw new AssertionError("not followed to " + head + ": " + indexer.progress());
    }
  }

  /** Sends as any account. */
  TransactionReceipt send(EvmAddress from, ChainCall call) {
    TransactionReceipt receipt = mined(from, call);
    if (!receipt.succeeded()) {
      throw new AssertionError("reverted: " + receipt);
    }
    return receipt;
  }

  /** Sends as any account, whether it succeeds or not. */
  TransactionReceipt mined(EvmAddress from, ChainCall call) {
    rpc.require("anvil_impersonateAccount", from.hex());
    rpc.require("anvil_setBalance", from.hex(), "0x" + BigInteger.TEN.pow(20).toString(16));
    return send(Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data()));
  }

  /** Sends the chain's own coin as any account. */
  TransactionReceipt sendCoin(EvmAddress from, EvmAddress to, BigInteger wei) {
    rpc.require("anvil_impersonateAccount", from.hex());
    rpc.require("anvil_setBalance", from.hex(), "0x" + BigInteger.TEN.pow(20).toString(16));
    return send(Map.of("from", from.hex(), "to", to.hex(), "value", "0x" + wei.toString(16)));
  }

  void warp(long seconds) {
    rpc.require("evm_increaseTime", seconds);
    mine();
  }

  void reorganise(int depth) {
    rpc.require("anvil_reorg", depth, List.of());
  }

  String snapshot() {
    return rpc.require("evm_snapshot").stringValue();
  }

  /** Goes back; {@link #mine} then, as the next block has the clock's time again. */
  void revert(String snapshot) {
    rpc.require("evm_revert", snapshot);
  }

  void mine() {
    rpc.require("evm_mine");
  }

  long now() {
    return chain.block(BlockTag.Named.LATEST).orElseThrow().timestamp();
  }

  EvmAddress deploy(String code) {
    return send(Map.of("from", buyer.address().hex(), "data", code))
        .contractAddress()
        .orElseThrow();
  }

  /** Anvil answers a transaction's hash before it has mined it. */
  private TransactionReceipt send(Map<String, String> transaction) {
    Map<String, String> withGas = new HashMap<>(transaction);
    withGas.put("gas", "0x989680");
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", withGas).stringValue());
    return Awaitility.await("the receipt of " + hash)
        .pollInterval(RECEIPT_POLL)
        .atMost(PATIENCE)
        .until(() -> chain.receipt(hash), Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    database.close();
    postgres.close();
    state.close();
    anvil.close();
  }
}
