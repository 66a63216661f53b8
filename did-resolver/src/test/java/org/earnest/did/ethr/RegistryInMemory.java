package org.earnest.did.ethr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.testkit.did.EthrHistories;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/** A chain with an ERC-1056 registry and nothing else, whose answers a test may bend. */
public final class RegistryInMemory implements ChainReader {
  public static final EvmAddress REGISTRY =
      new EvmAddress("0xdca7ef03e98e0dc2b855be647c39abe984fcf21b");
  static final long START = 1_700_000_000;
  static final long SECONDS_PER_BLOCK = 10;

  final List<Block> blocks = new ArrayList<>();
  UnaryOperator<List<ChainLog>> bend = logs -> logs;
  Runnable beforeLogs = () -> {};
  boolean dead;
  long questions;
  private final Caip2ChainId chain;
  private int forks;

  public RegistryInMemory(Caip2ChainId chain) {
    this.chain = chain;
    mine();
  }

  /** The chain of kept histories, whose registry is here. */
  static RegistryInMemory replaying(EthrHistories kept) {
    RegistryInMemory chain = new RegistryInMemory(Caip2ChainId.eip155(kept.chainId()));
    chain.blocks.clear();
    Map<EvmAddress, Long> changed = new HashMap<>();
    for (EthrHistories.Block block : kept.blocks()) {
      BlockRef ref = new BlockRef(chain.chain, block.number(), new Hash32(block.hash()));
      List<ChainLog> logs = new ArrayList<>();
      for (EthrHistories.Log log : block.logs()) {
        List<Hash32> topics = log.topics().stream().map(Hash32::new).toList();
        logs.add(
            new ChainLog(
                new LogRef(ref, Hash32.ZERO, logs.size()), REGISTRY, topics, log.data(), false));
        changed.put(new EvmAddress("0x" + log.topics().get(1).substring(26)), block.number());
      }
      chain.blocks.add(
          new Block(
              new BlockHeader(
                  ref, new Hash32(block.parentHash()), block.timestamp(), BigInteger.ZERO),
              logs,
              Map.copyOf(changed)));
    }
    return chain;
  }

  record Block(BlockHeader header, List<ChainLog> logs, Map<EvmAddress, Long> changed) {}

  /** Mines a block without a change. */
  public long mine() {
    long number = blocks.size();
    Hash32 hash = Keccak256.hash(("block " + number + " of fork " + forks).getBytes(UTF_8));
    Hash32 parent = number == 0 ? Hash32.ZERO : blocks.getLast().header.ref().hash();
    blocks.add(
        new Block(
            new BlockHeader(
                new BlockRef(chain, number, hash),
                parent,
                START + SECONDS_PER_BLOCK * number,
                BigInteger.ZERO),
            new ArrayList<>(),
            number == 0 ? new HashMap<>() : new HashMap<>(blocks.getLast().changed)));
    return number;
  }

  /** Takes the newest blocks back. */
  void reorganise(int depth) {
    for (int i = 0; i < depth; i++) {
      blocks.removeLast();
    }
    forks++;
  }

  public long changeOwner(EvmAddress identity, EvmAddress owner) {
    return change(
        EthereumDIDRegistry.DIDOWNERCHANGED_EVENT, identity, List.of(new Address(owner.hex())));
  }

  long delegate(EvmAddress identity, String type, EvmAddress delegate, long validTo) {
    return change(
        EthereumDIDRegistry.DIDDELEGATECHANGED_EVENT,
        identity,
        List.of(name(type), new Address(delegate.hex()), new Uint256(validTo)));
  }

  long attribute(EvmAddress identity, String name, byte[] value, long validTo) {
    return change(
        EthereumDIDRegistry.DIDATTRIBUTECHANGED_EVENT,
        identity,
        List.of(name(name), new DynamicBytes(value), new Uint256(validTo)));
  }

  /** Records a change in the newest block. */
  @SuppressWarnings("rawtypes") // web3j's types are raw
  private long change(Event event, EvmAddress identity, List<? extends Type> members) {
    Block block = blocks.getLast();
    long number = block.header.ref().number();
    List<Type> all = new ArrayList<>(members);
    all.add(new Uint256(block.changed.getOrDefault(identity, 0L)));
    block.changed.put(identity, number);
    block.logs.add(
        new ChainLog(
            new LogRef(block.header.ref(), Hash32.ZERO, block.logs.size()),
            REGISTRY,
            List.of(
                new Hash32(EventEncoder.encode(event)),
                new Hash32("0x" + "0".repeat(24) + identity.hex().substring(2))),
            "0x" + FunctionEncoder.encodeConstructor(all),
            false));
    return number;
  }

  private static Bytes32 name(String text) {
    return new Bytes32(Arrays.copyOf(text.getBytes(UTF_8), 32));
  }

  @Override
  public Caip2ChainId chainId() {
    return chain;
  }

  @Override
  public Optional<BlockHeader> block(BlockTag tag) {
    requireAlive();
    return switch (tag) {
      case BlockTag.Height(long number) ->
          number < blocks.size() ? Optional.of(blocks.get((int) number).header) : Optional.empty();
      case BlockTag.Named named ->
          named == BlockTag.Named.LATEST ? Optional.of(blocks.getLast().header) : Optional.empty();
    };
  }

  @Override
  public long time() {
    requireAlive();
    return blocks.getLast().header.timestamp();
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    requireAlive();
    if (!call.to().equals(REGISTRY)) {
      return new CallOutcome.Returned("0x");
    }
    EvmAddress identity = new EvmAddress("0x" + call.data().substring(34));
    long block = ((BlockTag.Height) at).number();
    long changed = blocks.get((int) block).changed.getOrDefault(identity, 0L);
    return new CallOutcome.Returned("0x%064x".formatted(changed));
  }

  @Override
  public List<ChainLog> logs(LogQuery query) {
    requireAlive();
    beforeLogs.run();
    return query.fromBlock() < blocks.size()
        ? bend.apply(blocks.get((int) query.fromBlock()).logs)
        : List.of();
  }

  private void requireAlive() {
    questions++;
    if (dead) {
      throw new ChainUnavailableException("connection refused");
    }
  }

  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    throw new AssertionError("not asked for blocks by hash");
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for code");
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for balances");
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for nonces");
  }

  @Override
  public Optional<SentTransaction> transaction(Hash32 hash) {
    throw new AssertionError("not asked for transactions");
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    throw new AssertionError("not asked for receipts");
  }
}
