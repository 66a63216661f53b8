package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.chain.Sandbox;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.earnest.testkit.submission.TransactionSubmitterContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JournaledTransactionSubmitterIT extends TransactionSubmitterContract {
  private Sandbox sandbox;
  private TransactionSubmitter submitter;

  @BeforeAll
  void begin() {
    sandbox = new Sandbox();
    submitter =
        new JournaledTransactionSubmitter(
            sandbox.rpc,
            sandbox.chain,
            sandbox.seller,
            new InMemorySubmissionJournal(),
            SubmissionSettings.DEFAULT.withIntervals(
                Duration.ofMillis(100), Duration.ofMillis(500)));
  }

  @AfterAll
  void end() {
    sandbox.close();
  }

  @Override
  protected TransactionSubmitter submitter() {
    return submitter;
  }

  @Override
  protected SubmissionRequest good(String key, int number) {
    EvmAddress seller = sandbox.seller.address();
    ChainCall mint = new TokenCalls(sandbox.token).mint(seller, BigInteger.valueOf(1 + number));
    return new SubmissionRequest(key, mint.to(), mint.data());
  }

  @Override
  protected SubmissionRequest reverting(String key) {
    ChainCall all =
        new TokenCalls(sandbox.token).transfer(EvmAddress.ZERO, BigInteger.ONE.shiftLeft(200));
    return new SubmissionRequest(key, all.to(), all.data());
  }

  @Override
  protected long sent() {
    return sandbox
        .chain
        .transactionCount(sandbox.seller.address(), BlockTag.Named.LATEST)
        .longValueExact();
  }
}
