package org.earnest.devnet;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** A chain behind a JSON-RPC URL; what is behind the URL is the providers' affair. */
abstract class RpcDevChain implements DevChain {
  private final String name;
  private final URI rpcUrl;
  private final JsonRpc rpc;
  private final Caip2ChainId chainId;
  private final NodeControls controls;

  /**
   * Asks the node who it is.
   *
   * @throws org.earnest.core.chain.ChainUnavailableException when it does not answer
   */
  RpcDevChain(String name, URI rpcUrl) {
    this(name, rpcUrl, HttpJsonRpc.to(rpcUrl));
  }

  /**
   * The same, asked in a way of the caller's.
   *
   * @param rpcUrl what others are told to use
   */
  RpcDevChain(String name, URI rpcUrl, JsonRpc rpc) {
    this.name = name;
    this.rpcUrl = rpcUrl;
    this.rpc = rpc;
    this.chainId = JsonRpcChainReader.connect(rpc).chainId();
    this.controls = new NodeControls(rpc, NodeFamily.of(rpc));
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final URI rpcUrl() {
    return rpcUrl;
  }

  @Override
  public final Caip2ChainId chainId() {
    return chainId;
  }

  @Override
  public final JsonRpc rpc() {
    return rpc;
  }

  @Override
  public final void mine(int blocks) {
    controls.mine(blocks);
  }

  @Override
  public final void warp(Duration time) {
    controls.warp(time);
  }

  @Override
  public final void warpTo(long timestamp) {
    controls.warpTo(timestamp);
  }

  @Override
  public final void nextBlockAt(long timestamp) {
    controls.nextBlockAt(timestamp);
  }

  @Override
  public final Snapshot snapshot() {
    return controls.snapshot();
  }

  @Override
  public final void revert(Snapshot snapshot) {
    controls.revert(snapshot);
  }

  @Override
  public final void reorg(int depth) {
    controls.reorg(depth);
  }

  @Override
  public final void setBalance(EvmAddress account, BigInteger wei) {
    controls.setBalance(account, wei);
  }

  @Override
  public final void setCode(EvmAddress account, String code) {
    controls.setCode(account, code);
  }

  @Override
  public final void setStorage(EvmAddress account, Hash32 slot, Hash32 value) {
    controls.setStorage(account, slot, value);
  }

  @Override
  public final void mining(MiningMode mode) {
    controls.mining(mode);
  }

  final NodeControls controls() {
    return controls;
  }
}
