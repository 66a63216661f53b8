package org.earnest.cli.indexer;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.WebSocketHeads;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.NewHeads;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.StartupException;
import org.earnest.reputation.chain.FollowedContracts;

/**
 * A chain with the way to it, and what is wanted of it.
 *
 * @param asked whether it answered and has the contracts
 */
record ReachedChain(
    ChainPlan plan, ChainReader reader, FollowedContracts contracts, boolean asked) {
  /**
   * Whichever chain the nodes serve, with the contracts there.
   *
   * @throws StartupException {@code rpc_unreachable}, {@code wrong_chain}, {@code
   *     deployment_unknown}, {@code contract_missing} or {@code contracts_apart}
   */
  static ReachedChain ask(ChainPlan plan) {
    ChainReader reader = JsonRpcChainReader.connect(RpcUrls.connect(plan.rpcUrls(), plan.chain()));
    FollowedContracts contracts = plan.contracts().on(reader.chainId());
    new DeployedContracts(reader, contracts).require();
    return new ReachedChain(plan, reader, contracts, true);
  }

  /**
   * The chain that was named. One that the database knows is not asked before it is followed: the
   * others shall not wait for its node.
   *
   * @throws StartupException likewise, with the chain's name
   */
  static ReachedChain named(ChainPlan plan, Caip2ChainId chain, Database database) {
    return naming(
        chain,
        () -> {
          FollowedContracts contracts = plan.contracts().on(chain);
          if (!KnownDeployment.of(database, contracts).isKnown()) {
            return ask(plan);
          }
          FailoverJsonRpc rpc = FailoverJsonRpc.unasked(plan.rpcUrls(), chain);
          return new ReachedChain(plan, JsonRpcChainReader.of(rpc, chain), contracts, false);
        });
  }

  /**
   * The first block whose logs the index has, or will have.
   *
   * @throws StartupException as {@link KnownDeployment} does
   */
  long firstBlock(Database database) {
    KnownDeployment known = KnownDeployment.of(database, contracts);
    if (plan.chain().isPresent()) {
      return naming(contracts.chain(), () -> firstBlock(known));
    }
    known.requireNoOtherChain();
    return firstBlock(known);
  }

  private long firstBlock(KnownDeployment known) {
    if (!known.isKnown()) {
      return known.begin(genesis(), fromBlock(), this::firstDeployed);
    }
    if (asked) {
      known.requireGenesis(genesis());
    }
    return known.require(plan.fromBlock());
  }

  /** A block that is still to come would be waited for, and remembered. */
  private OptionalLong fromBlock() {
    OptionalLong from = plan.fromBlock();
    if (from.isPresent() && reader.block(new BlockTag.Height(from.getAsLong())).isEmpty()) {
      throw new StartupException(
          "from_block_unknown",
          "the chain has no block %d yet".formatted(from.getAsLong()),
          "Name a first block that the chain has, or leave it out.");
    }
    return from;
  }

  FollowSettings settings(long fromBlock) {
    return FollowSettings.of(contracts.addresses())
        .after(Math.max(0, fromBlock - 1))
        .withHorizon(plan.horizon())
        .listeningTo(plan.wsUrl().<NewHeads>map(WebSocketHeads::at).orElse(NewHeads.NONE));
  }

  private long firstDeployed() {
    return new DeployedContracts(reader, contracts).firstBlock();
  }

  private Hash32 genesis() {
    return reader
        .block(new BlockTag.Height(0))
        .orElseThrow(() -> new ChainUnavailableException("the chain has no first block"))
        .ref()
        .hash();
  }

  /** With several chains a refusal that does not say which is of little use. */
  private static <T> T naming(Caip2ChainId chain, Supplier<T> work) {
    try {
      return work.get();
    } catch (StartupException refusal) {
      throw new StartupException(
          refusal.code(), chain + ": " + refusal.getMessage(), refusal.remedy(), refusal);
    } catch (ChainUnavailableException silent) {
      throw new StartupException(
          "rpc_unreachable",
          chain + ": the chain cannot be reached: " + silent.getMessage(),
          "Check that the node runs and that its URL is right",
          silent);
    }
  }
}
