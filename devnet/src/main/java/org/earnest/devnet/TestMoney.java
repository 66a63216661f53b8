package org.earnest.devnet;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/** Test USDC for those who deal. */
public final class TestMoney {
  /** What each gets, in atomic units: a million with 6 decimals. */
  public static final BigInteger GRANT = BigInteger.valueOf(1_000_000_000_000L);

  private static final List<DevAccount.Role> FUNDED =
      List.of(DevAccount.Role.BUYER, DevAccount.Role.SELLER);

  private TestMoney() {}

  /**
   * Gives buyer and seller the grant, each once: whoever holds any is left alone.
   *
   * @throws org.earnest.kit.process.StartupException {@code deployment_failed}
   */
  public static void ensure(DevChain chain, Deployed contracts, TransactionSubmitter submitter) {
    TokenReads token =
        new TokenReads(JsonRpcChainReader.connect(chain.rpc(), chain.chainId()), contracts.usdc());
    for (DevAccount.Role role : FUNDED) {
      EvmAddress holder = chain.account(role).address();
      if (token.balance(holder, BlockTag.Named.LATEST).signum() == 0) {
        ChainCall mint = new TokenCalls(contracts.usdc()).mint(holder, GRANT);
        Deployment.settle(
            submitter,
            "the " + role + "'s test USDC",
            new SubmissionRequest(
                "devnet:grant:" + contracts.usdc() + ":" + holder, mint.to(), mint.data()));
      }
    }
  }
}
