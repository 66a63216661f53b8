package org.earnest.devnet;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * A chain to work on, and the controls that only such a chain has.
 *
 * <p>Every method throws {@link org.earnest.core.chain.ChainUnavailableException} when the node
 * does not answer. A control throws {@link ChainControlRefusedException} where the node has none of
 * the kind; the message says what to use instead.
 */
public interface DevChain extends AutoCloseable {
  /** The word for it in messages, such as {@code anvil}. */
  String name();

  URI rpcUrl();

  Caip2ChainId chainId();

  JsonRpc rpc();

  /**
   * For what only reads along: where nodes that fail are left alone for a while, its failures are
   * none of {@link #rpc}'s.
   */
  default JsonRpc rpcOfReaders() {
    return rpc();
  }

  /** One account per role. Development nodes hold 10,000 ether for each. */
  default List<DevAccount> accounts() {
    return DevAccount.ALL;
  }

  default DevAccount account(DevAccount.Role role) {
    return accounts().stream().filter(held -> held.role() == role).findFirst().orElseThrow();
  }

  /**
   * Mines blocks now.
   *
   * @param blocks at least 1
   */
  void mine(int blocks);

  /**
   * Lets time pass, then mines one block. The new head is at least this much later than both the
   * old head and the chain's clock, and the clock goes on from there.
   *
   * @param time whole seconds, at least 1
   */
  void warp(Duration time);

  /**
   * Mines one block at this time; the clock goes on from there.
   *
   * @param timestamp seconds since 1970
   * @throws IllegalArgumentException when it is not after the head's
   */
  void warpTo(long timestamp);

  /**
   * Gives the next block this time, whatever makes it; the clock goes on from there.
   *
   * @param timestamp seconds since 1970, not before the head's; anvil takes the head's own as well
   * @throws IllegalArgumentException when the node refuses it
   */
  void nextBlockAt(long timestamp);

  /** Remembers the chain as it stands, its clock excepted. */
  Snapshot snapshot();

  /**
   * Takes the chain back. A snapshot serves once, and those taken after it are gone with it.
   *
   * @throws IllegalArgumentException when the node does not know the snapshot, or not any more
   */
  void revert(Snapshot snapshot);

  /**
   * Replaces the last blocks by as many empty ones; their transactions are forgotten. Only anvil
   * does this by itself. On any development chain the same comes of {@link #snapshot}, {@link
   * #revert} and {@link #mine}.
   *
   * @param depth at least 1, less than the chain's height
   */
  void reorg(int depth);

  /**
   * Gives an account exactly this balance.
   *
   * @param wei at least 0
   */
  void setBalance(EvmAddress account, BigInteger wei);

  /**
   * Puts code at an address, as a deployment there would.
   *
   * @param code what the account then runs, prefixed hexadecimal
   */
  void setCode(EvmAddress account, String code);

  /**
   * Puts at an address what a contract's constructor leaves, unless code is there. Storage that the
   * constructor writes is not kept.
   *
   * @param creationCode with the constructor's arguments, prefixed hexadecimal
   * @throws ChainControlRefusedException where the chain is not ours to change
   */
  default void ensureCode(EvmAddress account, String creationCode) {
    if (rpc().require("eth_getCode", account.hex(), "latest").stringValue().equals("0x")) {
      setCode(
          account, rpc().require("eth_call", Map.of("data", creationCode), "latest").stringValue());
    }
  }

  /** Puts a word into an account's storage. */
  void setStorage(EvmAddress account, Hash32 slot, Hash32 value);

  /** Says when blocks are made from now on. */
  void mining(MiningMode mode);

  /** Ends the node if we started it; a node at a URL is left alone. */
  @Override
  void close();

  /**
   * A state of the chain to come back to.
   *
   * @param id the node's own
   */
  record Snapshot(String id) {}
}
