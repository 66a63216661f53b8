package org.earnest.devnet;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;

/** The controls of anvil and Hardhat by JSON-RPC: the same names mostly, with other units. */
final class NodeControls {
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int METHOD_NOT_SUPPORTED = -32004;

  private final JsonRpc rpc;
  private final NodeFamily family;

  NodeControls(JsonRpc rpc, NodeFamily family) {
    this.rpc = rpc;
    this.family = family;
  }

  void mine(int blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException("at least one block: " + blocks);
    }
    control("hardhat_mine", hex(blocks));
  }

  void warp(Duration time) {
    long seconds = Seconds.atLeastOne(time);
    requireDevelopmentNode("warp");
    // Many quick blocks put the head before the clock, an idle chain leaves it behind.
    long now = Math.max(timestamp(BlockTag.Named.LATEST), timestamp(BlockTag.Named.PENDING));
    warpTo(Math.addExact(now, seconds));
  }

  void warpTo(long timestamp) {
    requireDevelopmentNode("warpTo");
    long head = timestamp(BlockTag.Named.LATEST);
    if (timestamp <= head) {
      throw new IllegalArgumentException(
          "time runs forward: " + timestamp + " is not after the head's " + head);
    }
    nextBlockAt(timestamp);
    control("evm_mine");
  }

  void nextBlockAt(long timestamp) {
    control("evm_setNextBlockTimestamp", hex(timestamp));
  }

  /**
   * For a node that forgot how far time was warped: its next block is not before its head.
   *
   * @param wall nor before this machine's clock, which a node that was told its chain's beginning
   *     forgets as well
   */
  void keepClock(boolean wall) {
    long head = timestamp(BlockTag.Named.LATEST) + 1;
    long pending = timestamp(BlockTag.Named.PENDING);
    // Read last: what the answers took would otherwise leave the node behind this clock.
    long wanted = wall ? Math.max(head, Instant.now().getEpochSecond()) : head;
    long behind = wanted - pending;
    if (behind > 0) {
      control("evm_increaseTime", behind);
    }
  }

  DevChain.Snapshot snapshot() {
    return new DevChain.Snapshot(control("evm_snapshot").asString());
  }

  void revert(DevChain.Snapshot snapshot) {
    if (!control("evm_revert", snapshot.id()).asBoolean(false)) {
      throw new IllegalArgumentException("the node does not know " + snapshot);
    }
  }

  void reorg(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("at least one block: " + depth);
    }
    if (family != NodeFamily.ANVIL) {
      throw new ChainControlRefusedException(
          "only anvil reorganises by itself: take a snapshot, revert to it and mine instead");
    }
    control("anvil_reorg", depth, List.of());
  }

  void setBalance(EvmAddress account, BigInteger wei) {
    if (wei.signum() < 0) {
      throw new IllegalArgumentException("a balance cannot be negative");
    }
    control("hardhat_setBalance", account.hex(), "0x" + wei.toString(16));
  }

  void setCode(EvmAddress account, String code) {
    control("hardhat_setCode", account.hex(), code);
  }

  void setStorage(EvmAddress account, Hash32 slot, Hash32 value) {
    control("hardhat_setStorageAt", account.hex(), slot.hex(), value.hex());
  }

  void mining(MiningMode mode) {
    switch (mode) {
      case MiningMode.Automatic automatic -> {
        control("evm_setIntervalMining", 0);
        control("evm_setAutomine", true);
      }
      case MiningMode.Every every -> {
        control("evm_setAutomine", false);
        control("evm_setIntervalMining", interval(every.period()));
      }
      case MiningMode.Manual manual -> {
        control("evm_setIntervalMining", 0);
        control("evm_setAutomine", false);
      }
    }
  }

  /** Seconds to anvil, milliseconds to Hardhat. */
  private long interval(Duration period) {
    return family == NodeFamily.ANVIL ? period.toSeconds() : period.toMillis();
  }

  private long timestamp(BlockTag tag) {
    JsonNode block = rpc.require("eth_getBlockByNumber", tag.rpc(), false);
    try {
      return Long.decode(block.path("timestamp").asString(""));
    } catch (NumberFormatException e) {
      throw new ChainUnavailableException("the node gave a block without its time", e);
    }
  }

  private JsonNode control(String method, Object... params) {
    requireDevelopmentNode(method);
    return switch (rpc.call(method, params)) {
      case RpcReply.Result result -> result.value();
      case RpcReply.Failure failure -> throw refused(method, failure);
    };
  }

  boolean isDevelopmentNode() {
    return family != NodeFamily.OTHER;
  }

  private void requireDevelopmentNode(String control) {
    if (!isDevelopmentNode()) {
      throw new ChainControlRefusedException(
          control + " needs anvil or Hardhat; this node serves a chain that others share");
    }
  }

  private static RuntimeException refused(String method, RpcReply.Failure failure) {
    return switch (failure.code()) {
      case METHOD_NOT_FOUND, METHOD_NOT_SUPPORTED ->
          new ChainControlRefusedException(
              "this node has no " + method + ": use a newer anvil or Hardhat");
      default ->
          new IllegalArgumentException("the node refused " + method + ": " + failure.message());
    };
  }

  private static String hex(long quantity) {
    return "0x" + Long.toHexString(quantity);
  }
}
