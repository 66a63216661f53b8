package org.earnest.did.ethr;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.event.DidRegistryEvent;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.submission.Finality;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;

/**
 * Reads the ERC-1056 registry of a network. Every method throws {@link ChainUnavailableException}
 * when the chain does not answer, or not as a registry does.
 */
record EthrRegistryReader(EthrNetwork.Registry registry) {
  private static final int WORD_TEXT = 2 + 2 * 32;

  /** The newest block that is believed. */
  BlockHeader head() {
    return switch (registry.confirmed()) {
      case Finality.Depth(int blocks) -> below(newest(BlockTag.Named.LATEST), blocks);
      case Finality.Safe safe -> newest(BlockTag.Named.SAFE);
      case Finality.Finalized finalized -> newest(BlockTag.Named.FINALIZED);
    };
  }

  private BlockHeader below(BlockHeader newest, int blocks) {
    return blocks == 0 ? newest : header(Math.max(0, newest.ref().number() - blocks));
  }

  private BlockHeader newest(BlockTag.Named tag) {
    return chain()
        .block(tag)
        .orElseThrow(() -> new ChainUnavailableException("no block is " + tag.rpc() + " yet"));
  }

  BlockHeader header(long block) {
    return chain()
        .block(new BlockTag.Height(block))
        .orElseThrow(() -> new ChainUnavailableException("the node lacks block " + block));
  }

  /** Whether the chain has this very block still. */
  boolean has(BlockHeader header) {
    return chain()
        .block(new BlockTag.Height(header.ref().number()))
        .map(BlockHeader::ref)
        .filter(header.ref()::equals)
        .isPresent();
  }

  /** Seconds since 1970, by which keys run out. */
  long time() {
    return chain().time();
  }

  /** The block of the identity's latest change as of this block; zero when there was none. */
  BigInteger changed(EvmAddress identity, long at) {
    Function function = new Function("changed", List.of(new Address(identity.hex())), List.of());
    ChainCall call = new ChainCall(registry.address(), FunctionEncoder.encode(function));
    return switch (chain().call(call, new BlockTag.Height(at))) {
      case CallOutcome.Returned returned -> decode(returned.data());
      case CallOutcome.Reverted reverted -> throw notARegistry();
    };
  }

  private BigInteger decode(String data) {
    if (data.length() != WORD_TEXT) {
      throw notARegistry();
    }
    return new BigInteger(1, Hex.decode(data));
  }

  /** The identity's changes in one block, in the chain's order. */
  List<EthrChange> changes(EvmAddress identity, long block) {
    LogQuery query =
        new LogQuery(
            block, block, Set.of(registry.address()), List.copyOf(DidRegistryEvent.topics()));
    return chain().logs(query).stream()
        .filter(log -> isOurs(log, block))
        .sorted(Comparator.comparingInt(log -> log.ref().logIndex()))
        .flatMap(log -> DidRegistryEvent.decode(log).stream())
        .filter(event -> event.identity().equals(identity))
        .map(event -> new EthrChange(block, event))
        .toList();
  }

  /** Nodes have been seen to answer with more than was asked for. */
  private boolean isOurs(ChainLog log, long block) {
    return !log.removed()
        && log.address().equals(registry.address())
        && log.ref().block().number() == block;
  }

  private ChainReader chain() {
    return registry.reader();
  }

  private ChainUnavailableException notARegistry() {
    return new ChainUnavailableException(
        registry.address()
            + " on "
            + registry.reader().chainId()
            + " does not answer as an ERC-1056 registry; check the configured address");
  }
}
