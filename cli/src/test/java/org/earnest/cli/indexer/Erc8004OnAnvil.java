package org.earnest.cli.indexer;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls;
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
import org.earnest.testkit.chain.AnvilProcess;

/** A chain with ERC-8004's registries, put there by an ordinary account and without an escrow. */
public final class Erc8004OnAnvil implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration RECEIPT_POLL = Duration.ofMillis(2);
  private static final String GAS = "0x989680";

  private final AnvilProcess anvil;
  private final JsonRpc rpc;
  private final ChainReader reader;
  private final List<EvmAddress> accounts;
  private final EvmAddress identity;
  private final EvmAddress reputation;

  private Erc8004OnAnvil(AnvilProcess anvil, int emptyBlocks) {
    this.anvil = anvil;
    this.rpc = HttpJsonRpc.to(anvil.url(), Duration.ofMinutes(2));
    this.reader = JsonRpcChainReader.connect(rpc);
    this.accounts =
        rpc.require("eth_accounts").valueStream().map(it -> new EvmAddress(it.asString())).toList();
    mine(emptyBlocks);
    this.identity = deploy(CreationCode.identityRegistry());
    this.reputation = deploy(CreationCode.reputationRegistry(identity));
  }

  /** After so many blocks without anything, with further options of anvil. */
  public static Erc8004OnAnvil start(int emptyBlocks, String... options) {
    return new Erc8004OnAnvil(AnvilProcess.start(options), emptyBlocks);
  }

  public URI url() {
    return anvil.url();
  }

  public EvmAddress identity() {
    return identity;
  }

  public EvmAddress reputation() {
    return reputation;
  }

  public ChainReader reader() {
    return reader;
  }

  /** An account that the node signs for. */
  public EvmAddress account(int index) {
    return accounts.get(index);
  }

  public JsonRpc rpc() {
    return rpc;
  }

  public EvmAddress deploy(String code) {
    return send(Map.of("from", accounts.getFirst().hex(), "data", code, "gas", GAS))
        .contractAddress()
        .orElseThrow();
  }

  /** Registers an agent of this account; ids count from 1. */
  public void register(int owner, String uri) {
    send(owner, new IdentityRegistryCalls(identity).register(uri));
  }

  /** Lets an account rate an agent, in whole numbers. */
  public void rate(int client, long agent, long value) {
    ReputationRegistryCalls.Feedback feedback =
        new ReputationRegistryCalls.Feedback(
            BigInteger.valueOf(value),
            0,
            "starred",
            "",
            "",
            "",
            new Hash32("0x" + "00".repeat(32)));
    send(
        client,
        new ReputationRegistryCalls(reputation).giveFeedback(BigInteger.valueOf(agent), feedback));
  }

  public TransactionReceipt send(int from, ChainCall call) {
    return send(
        Map.of(
            "from", account(from).hex(), "to", call.to().hex(), "data", call.data(), "gas", GAS));
  }

  public void mine(int blocks) {
    rpc.require("anvil_mine", "0x" + Integer.toHexString(blocks));
  }

  /** Takes so many blocks back and makes as many others. */
  public void reorganise(int depth) {
    rpc.require("anvil_reorg", depth, List.of());
  }

  public BlockRef head() {
    return reader.block(BlockTag.Named.LATEST).orElseThrow().ref();
  }

  /** Anvil answers a transaction's hash before it has mined it. */
  private TransactionReceipt send(Map<String, String> transaction) {
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", transaction).stringValue());
    TransactionReceipt mined =
        Awaitility.await("the receipt of " + hash)
            .pollInterval(RECEIPT_POLL)
            .atMost(PATIENCE)
            .until(() -> reader.receipt(hash), Optional::isPresent)
            .orElseThrow();
    if (!mined.succeeded()) {
      throw new AssertionError("reverted: " + mined);
    }
    return mined;
  }

  @Override
  public void close() {
    anvil.close();
  }
}
