package org.earnest.cli.demo;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.devnet.Deployment;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.MiningMode;

/** A chain on which the buyer loses one atomic unit when its time is moved for the first time. */
final class ThievingChain implements DevChain {
  private final DevChain chain;
  private boolean stolen;

  ThievingChain(DevChain chain) {
    this.chain = chain;
  }

  @Override
  public void warpTo(long timestamp) {
    if (!stolen) {
      steal();
      stolen = true;
    }
    chain.warpTo(timestamp);
  }

  private void steal() {
    EvmAddress buyer = account(Role.BUYER).address();
    ChainCall theft =
        new TokenCalls(Deployment.addresses(chainId()).usdc())
            .transfer(account(Role.STRANGER).address(), BigInteger.ONE);
    rpc()
        .require(
            "eth_sendTransaction",
            Map.of("from", buyer.hex(), "to", theft.to().hex(), "data", theft.data()));
  }

  @Override
  public String name() {
    return chain.name();
  }

  @Override
  public URI rpcUrl() {
    return chain.rpcUrl();
  }

  @Override
  public Caip2ChainId chainId() {
    return chain.chainId();
  }

  @Override
  public JsonRpc rpc() {
    return chain.rpc();
  }

  @Override
  public void mine(int blocks) {
    chain.mine(blocks);
  }

  @Override
  public void warp(Duration time) {
    chain.warp(time);
  }

  @Override
  public Snapshot snapshot() {
    return chain.snapshot();
  }

  @Override
  public void revert(Snapshot snapshot) {
    chain.revert(snapshot);
  }

  @Override
  public void reorg(int depth) {
    chain.reorg(depth);
  }

  @Override
  public void setBalance(EvmAddress account, BigInteger wei) {
    chain.setBalance(account, wei);
  }

  @Override
  public void setCode(EvmAddress account, String code) {
    chain.setCode(account, code);
  }

  @Override
  public void setStorage(EvmAddress account, Hash32 slot, Hash32 value) {
    chain.setStorage(account, slot, value);
  }

  @Override
  public void nextBlockAt(long timestamp) {
    chain.nextBlockAt(timestamp);
  }

  @Override
  public void mining(MiningMode mode) {
    chain.mining(mode);
  }

  @Override
  public void close() {
    chain.close();
  }
}
