package org.earnest.devnet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.kit.process.StartupException;

/** Puts Earnest's contracts on a chain, once: what has code at its address is left alone. */
public final class Deployment {
  /** For one transaction to be mined. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String NO_CODE = "0x";

  private final DevChain chain;
  private final ChainReader reader;
  private final TransactionSubmitter submitter;

  private Deployment(DevChain chain, TransactionSubmitter submitter) {
    this.chain = chain;
    this.reader = JsonRpcChainReader.connect(chain.rpc(), chain.chainId());
    this.submitter = submitter;
  }

  /** Where the contracts are, or will be: the same on every chain. */
  public static Deployed addresses(Caip2ChainId chain) {
    return new Deployed(
        chain,
        Contract.TEST_USDC.creation().address(),
        Contract.IDENTITY_REGISTRY.creation().address(),
        Contract.REPUTATION_REGISTRY.creation().address(),
        Contract.VALIDATION_REGISTRY.creation().address(),
        Contract.DEAL_ESCROW.creation().address(),
        Contract.DID_REGISTRY.creation().address(),
        Contract.CREDENTIAL_ANCHOR.creation().address(),
        Contract.CALL_BATCH.creation().address());
  }

  /**
   * Deploys whatever is missing.
   *
   * @param submitter pays; safe to repeat with the same one or another
   * @throws StartupException {@code deployment_failed}
   */
  public static Deployed ensure(DevChain chain, TransactionSubmitter submitter) {
    new Deployment(chain, submitter).run();
    return addresses(chain.chainId());
  }

  private void run() {
    List<Contract> missing =
        Stream.of(Contract.values())
            .filter(contract -> !hasCode(contract.creation().address()))
            .toList();
    if (!missing.isEmpty()) {
      requireProxy();
    }
    missing.forEach(this::deploy);
  }

  private boolean hasCode(EvmAddress account) {
    return !reader.code(account, BlockTag.Named.LATEST).equals(NO_CODE);
  }

  /** A Hardhat at a URL may lack it; those that we start have it, as anvil does, from the start. */
  private void requireProxy() {
    if (hasCode(Create2.PROXY)) {
      return;
    }
    try {
      chain.setCode(Create2.PROXY, Create2.PROXY_CODE);
    } catch (ChainControlRefusedException sharedChain) {
      throw new StartupException(
          "deployment_failed",
          "there is no deterministic deployment proxy on " + chain.chainId(),
          "Deploy it to " + Create2.PROXY + " first (Arachnid's deterministic-deployment-proxy).",
          sharedChain);
    }
  }

  private void deploy(Contract contract) {
    Create2 creation = contract.creation();
    settle(submitter, contract.title(), creation.request(contract.title()));
    if (!hasCode(creation.address())) {
      throw failed(contract.title(), "its transaction left no code at " + creation.address());
    }
  }

  /** Submits and insists on success. */
  static void settle(TransactionSubmitter submitter, String what, SubmissionRequest request) {
    SubmissionOutcome outcome = submitter.submit(request, PATIENCE);
    Optional<String> failure =
        switch (outcome) {
          case SubmissionOutcome.Settled settled -> Optional.empty();
          case SubmissionOutcome.Rejected rejected -> Optional.of(rejected.reason());
          case SubmissionOutcome.Pending pending ->
              Optional.of("transaction " + pending.transaction() + " is not mined yet");
          case SubmissionOutcome.Unknown unknown ->
              Optional.of("nobody knows yet whether its transaction was mined");
        };
    if (failure.isPresent()) {
      throw failed(what, failure.get());
    }
  }

  private static StartupException failed(String what, String reason) {
    return new StartupException(
        "deployment_failed",
        what + " could not be deployed or funded: " + reason,
        "Start again: what is on the chain already is found, and nothing is sent twice.");
  }
}
