package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.call.CallBatchCalls.Item;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionRequest;
import org.junit.jupiter.api.BeforeEach;

/** The engine's parts, and a contract that tries several calls. */
abstract class BatchFixture extends SubmissionFixture {
  private static final BigInteger FAR = BigInteger.TWO.pow(40);

  EvmAddress contract;

  @BeforeEach
  void deploy() {
    contract = sandbox.deploy(CreationCode.callBatch());
  }

  BatchSubmitter batches() {
    return batches(SETTINGS, journal);
  }

  BatchSubmitter batches(SubmissionSettings settings, SubmissionJournal kept) {
    return new BatchSubmitter(
        rpc, sandbox.chain, kept, submitter(sandbox.seller, settings, kept), contract, settings);
  }

  List<SubmissionRequest> mints(String... keys) {
    return Arrays.stream(keys).map(this::mint).toList();
  }

  /** All that the contract holds, to the buyer: of several, one can be made. */
  SubmissionRequest take(String key) {
    ChainCall call = new TokenCalls(sandbox.token).transfer(sandbox.buyer.address(), TEN);
    return new SubmissionRequest(key, call.to(), call.data());
  }

  /** Ten of the buyer's tokens, to the seller (EIP-3009). */
  SubmissionRequest pay(String key) {
    TransferWithAuthorization by =
        new TransferWithAuthorization(
            sandbox.buyer.address(),
            sandbox.seller.address(),
            TEN,
            BigInteger.ZERO,
            FAR,
            Keccak256.hash(key));
    Eip712Domain token = new Eip712Domain("USD Coin", "2", sandbox.chain.chainId(), sandbox.token);
    ChainCall call =
        new TokenCalls(sandbox.token)
            .transferWithAuthorization(by, sandbox.buyer.sign(by.digest(token)));
    return new SubmissionRequest(key, call.to(), call.data());
  }

  String selectorOfExecute() {
    Item nothing = new Item(new ChainCall(contract, "0x"), BigInteger.ONE);
    return new CallBatchCalls(contract).execute(List.of(nothing)).data().substring(0, 10);
  }

  void giveBuyerTen() {
    EvmAddress buyer = sandbox.buyer.address();
    sandbox.send(buyer, new TokenCalls(sandbox.token).mint(buyer, TEN));
  }

  void fillContract() {
    sandbox.send(sandbox.buyer.address(), new TokenCalls(sandbox.token).mint(contract, TEN));
  }

  long sent() {
    return sandbox
        .chain
        .transactionCount(sandbox.seller.address(), BlockTag.Named.LATEST)
        .longValueExact();
  }

  /** The transactions of outcomes that are all settled. */
  static Set<Hash32> transactions(List<SubmissionOutcome> outcomes) {
    assertThat(outcomes).allMatch(Settled.class::isInstance);
    return outcomes.stream()
        .map(outcome -> ((Settled) outcome).receipt().transaction())
        .collect(Collectors.toSet());
  }
}
