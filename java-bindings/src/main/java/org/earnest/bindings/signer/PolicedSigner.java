package org.earnest.bindings.signer;

import java.util.Arrays;
import java.util.Optional;
import org.earnest.bindings.signer.SigningPolicy.Refusal;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.submission.SubmissionRequest;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/**
 * A key that signs nothing but EIP-1559 transactions that its policy allows, whoever asks: it reads
 * the very bytes that it is to sign. The budget of a day is not among what it looks at; that takes
 * the journal, which knows what else was signed.
 */
public final class PolicedSigner implements EvmSigner {
  private static final String SIGNED = "signed";

  private final EvmSigner key;
  private final SigningPolicy policy;

  public PolicedSigner(EvmSigner key, SigningPolicy policy) {
    this.key = key;
    this.policy = policy;
  }

  @Override
  public EvmAddress address() {
    return key.address();
  }

  /**
   * The key's signature.
   *
   * @throws SignerUnavailableException when the policy forbids it, too
   */
  @Override
  public byte[] sign(byte[] message) {
    Optional<Refusal> refusal = refusal(transaction(message));
    if (refusal.isPresent()) {
      throw new SignerUnavailableException(refusal.get().reason());
    }
    return key.sign(message);
  }

  private Optional<Refusal> refusal(Transaction1559 asked) {
    SubmissionRequest request;
    try {
      request =
          new SubmissionRequest(
              SIGNED,
              new EvmAddress(asked.getTo()),
              "0x" + asked.getData().replaceFirst("^0x", ""),
              asked.getValue());
    } catch (IllegalArgumentException noCall) {
      throw unreadable();
    }
    return policy.refusal(
        address(), request, asked.getGasLimit().multiply(asked.getMaxFeePerGas()));
  }

  /** What was read must be all that there is to read. */
  private static Transaction1559 transaction(byte[] message) {
    RawTransaction read;
    try {
      read = TransactionDecoder.decode(Hex.encode(message));
      if (Arrays.equals(TransactionEncoder.encode(read), message)
          && read.getTransaction() instanceof Transaction1559 transaction
          && transaction.getAccessList().isEmpty()) {
        return transaction;
      }
    } catch (RuntimeException noTransaction) {
      // web3j throws whatever its parser runs into.
      throw unreadable();
    }
    throw unreadable();
  }

  private static SignerUnavailableException unreadable() {
    return new SignerUnavailableException(
        "the key's policy forbids it: it signs EIP-1559 transactions with a recipient alone");
  }

  /** The address alone. */
  @Override
  public String toString() {
    return "PolicedSigner[" + address() + "]";
  }
}
