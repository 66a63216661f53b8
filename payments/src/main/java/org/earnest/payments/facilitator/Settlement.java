package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.PaymentKey;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.wire.SettleResponse;

/**
 * The record of one payment's way on chain, kept for ever.
 *
 * @param amount atomic units
 * @param calldata of the transfer, prefixed hexadecimal
 * @param validBefore seconds since 1970, from which on the authorization moves nothing
 * @param begunIn the newest block when it began: no earlier one can hold its transfer, but for what
 *     a reorganisation moves
 * @param isFinal whether no reorganisation can change the state any more
 * @param transaction as far as known
 * @param reason why it failed, or what it waits for
 * @param detail the same for a person
 */
public record Settlement(
    PaymentKey key,
    EvmAddress payTo,
    BigInteger amount,
    String calldata,
    BigInteger validBefore,
    long begunIn,
    SettlementState state,
    boolean isFinal,
    Optional<Hash32> transaction,
    Optional<String> reason,
    Optional<String> detail) {
  private static final int ADDRESS_CHARS = 40;

  /** After the prefix, the selector and the zeros of a word. */
  private static final int OPERATOR_FROM = 2 + 8 + 24;

  static Settlement of(VerifiedPayment verified, long block) {
    EvmPayment payment = verified.payment();
    return new Settlement(
        payment.key(),
        payment.payTo(),
        payment.price().atomicUnits(),
        verified.transfer().data(),
        payment.validBefore(),
        block,
        SettlementState.SUBMITTED,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Hash32 id() {
    return key.id();
  }

  /** Whether it is this very payment: equal terms and signature, not only an equal nonce. */
  boolean isOf(EvmPayment payment) {
    return key.equals(payment.key()) && calldata.equals(payment.transfer().data());
  }

  SubmissionRequest request() {
    return new SubmissionRequest(key.submissionKey(), contract(), calldata);
  }

  /** The contract that moves the money. */
  EvmAddress contract() {
    return key.method() == TransferMethod.AUTH_CAPTURE
        ? operator()
        : key.method().contract(key.asset().token());
  }

  /** The first member of the payment that an operator is told to fetch. */
  private EvmAddress operator() {
    return new EvmAddress("0x" + calldata.substring(OPERATOR_FROM, OPERATOR_FROM + ADDRESS_CHARS));
  }

  /** To whom the transfer goes. */
  EvmAddress recipient() {
    return key.method() == TransferMethod.AUTH_CAPTURE ? PaymentInfo.COLLECTOR : payTo;
  }

  Settlement settledBy(Hash32 hash, boolean forGood) {
    return with(
        SettlementState.SETTLED, forGood, Optional.of(hash), Optional.empty(), Optional.empty());
  }

  Settlement pendingIn(Optional<Hash32> hash) {
    return with(
        SettlementState.SUBMITTED,
        false,
        hash.or(() -> transaction),
        Optional.empty(),
        state == SettlementState.SUBMITTED && reason.isPresent()
            ? Optional.empty()
            : detail.or(this::takenBack));
  }

  private Optional<String> takenBack() {
    return state == SettlementState.SETTLED
        ? Optional.of("a reorganisation took the transaction back; settle the same payment again")
        : Optional.empty();
  }

  Settlement waitingFor(Obstacle obstacle) {
    return with(
        SettlementState.SUBMITTED,
        false,
        Optional.empty(),
        Optional.of(obstacle.reason().code()),
        Optional.of(obstacle.detail()));
  }

  Settlement failedFor(Reason why, String sentence, Optional<Hash32> hash, boolean forGood) {
    return with(
        SettlementState.FAILED, forGood, hash, Optional.of(why.code()), Optional.of(sentence));
  }

  /** Why it failed, where its transaction was mined in vain. */
  Reason transactionFailed() {
    return switch (key.method()) {
      case EIP3009, PERMIT2 -> Reason.TRANSACTION_FAILED;
      case UPTO -> Reason.UPTO_TRANSACTION_FAILED;
      case AUTH_CAPTURE -> Reason.CAPTURE_TRANSACTION_REVERTED;
    };
  }

  /** Why it failed, where its nonce was used by something else. */
  Reason nonceUsed() {
    return switch (key.method()) {
      case EIP3009 -> Reason.NONCE_ALREADY_USED;
      case PERMIT2, UPTO -> Reason.PERMIT2_INVALID_NONCE;
      case AUTH_CAPTURE -> Reason.CAPTURE_ALREADY_COLLECTED;
    };
  }

  boolean isFailedFor(Reason why) {
    return state == SettlementState.FAILED && reason.filter(why.code()::equals).isPresent();
  }

  private Settlement with(
      SettlementState next,
      boolean forGood,
      Optional<Hash32> hash,
      Optional<String> why,
      Optional<String> text) {
    return new Settlement(
        key, payTo, amount, calldata, validBefore, begunIn, next, forGood, hash, why, text);
  }

  /** What it waits for, if that is not just being mined. */
  Optional<Obstacle> obstacle() {
    return state == SettlementState.SUBMITTED
        ? reason.flatMap(Reason::of).map(why -> new Obstacle(why, detail.orElse(why.code())))
        : Optional.empty();
  }

  /** As a server is told. */
  SettleResponse response() {
    String payer = key.from().hex();
    String hash = transaction.map(Hash32::hex).orElse("");
    String network = key.asset().chain().toString();
    return switch (state) {
      case SETTLED ->
          key.method() == TransferMethod.UPTO
              ? SettleResponse.settled(payer, hash, network).charging(amount)
              : SettleResponse.settled(payer, hash, network);
      case SUBMITTED ->
          SettleResponse.failed(
              SettleResponse.PENDING,
              detail.orElse(
                  "the transaction was sent and is not mined yet; settle the same payment again"),
              Optional.of(payer),
              hash,
              network);
      case FAILED ->
          SettleResponse.failed(
              reason.orElse(transactionFailed().code()),
              detail.orElse("the transfer failed"),
              Optional.of(payer),
              hash,
              network);
    };
  }
}
