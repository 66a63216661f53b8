package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Arrays;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hex;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionPlan;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/** Makes signed EIP-1559 transactions. */
final class TransactionFactory {
  private static final int WORD = 32;

  private final Caip2ChainId chain;
  private final EvmSigner signer;

  TransactionFactory(Caip2ChainId chain, EvmSigner signer) {
    this.chain = chain;
    this.signer = signer;
  }

  /** One that does what was requested. */
  SignedTransaction sign(SubmissionRequest request, TransactionPlan plan) {
    return sign(request, plan, false);
  }

  /** One that does nothing but spend the nonce. */
  SignedTransaction cancel(TransactionPlan plan) {
    return sign(new SubmissionRequest("cancel", signer.address(), "0x"), plan, true);
  }

  private SignedTransaction sign(SubmissionRequest request, TransactionPlan plan, boolean cancels) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chain.eip155Reference(),
            BigInteger.valueOf(plan.nonce()),
            plan.gasLimit(),
            request.to().hex(),
            request.value(),
            request.data(),
            plan.maxPriorityFeePerGas(),
            plan.maxFeePerGas());
    byte[] signature = signer.sign(TransactionEncoder.encode(transaction));
    byte[] raw = TransactionEncoder.encode(transaction, parts(signature));
    return new SignedTransaction(
        signer.address(),
        plan.nonce(),
        Keccak256.hash(raw),
        Hex.encode(raw),
        plan.gasLimit(),
        plan.maxFeePerGas(),
        plan.maxPriorityFeePerGas(),
        cancels);
  }

  private static Sign.SignatureData parts(byte[] signature) {
    return new Sign.SignatureData(
        signature[2 * WORD],
        Arrays.copyOfRange(signature, 0, WORD),
        Arrays.copyOfRange(signature, WORD, 2 * WORD));
  }
}
