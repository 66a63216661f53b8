package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.CaptureOperator;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;

/** What can be done with a payment at its operator. Amounts are atomic units. */
public final class CaptureOperatorCalls {
  private final EvmAddress operator;
  private final CaptureOperator abi;
  private final CaptureOperator.PaymentInfo payment;

  public CaptureOperatorCalls(PaymentInfo payment) {
    this.operator = payment.operator();
    this.abi = Wrappers.captureOperator();
    this.payment = struct(payment);
  }

  /** Fetches the payment into escrow; by anyone. */
  public ChainCall authorize(BigInteger amount, EvmAddress collector, byte[] collectorData) {
    return Wrappers.call(operator, abi.authorize(payment, amount, collector.hex(), collectorData));
  }

  /** Disputes it; by the payer. */
  public ChainCall freeze() {
    return Wrappers.call(operator, abi.freeze(payment));
  }

  /** The same by anyone, as the payer has signed {@link PaymentInfo#freezeMessage}. */
  public ChainCall freezeWithSignature(byte[] signature) {
    return Wrappers.call(operator, abi.freezeWithSignature(payment, signature));
  }

  /** Pays the receiver; by the receiver after the window, by the payer at once. */
  public ChainCall capture(BigInteger amount) {
    return Wrappers.call(operator, abi.capture(payment, amount));
  }

  /** Gives back what is held; by the receiver. */
  public ChainCall voidPayment() {
    return Wrappers.call(operator, abi._void(payment));
  }

  /** Decides a dispute; by the arbiter. */
  public ChainCall rule(BigInteger toReceiver) {
    return Wrappers.call(operator, abi.rule(payment, toReceiver));
  }

  /** Gives back what was captured; by the receiver, who has approved the operator for it. */
  public ChainCall refund(BigInteger amount) {
    return Wrappers.call(operator, abi.refund(payment, amount));
  }

  /** Takes back from the escrow what was not captured in time; by the payer. */
  public ChainCall reclaim() {
    return new ChainCall(
        PaymentInfo.ESCROW,
        FunctionEncoder.encode(new Function("reclaim", List.of(payment), List.of())));
  }

  private static CaptureOperator.PaymentInfo struct(PaymentInfo info) {
    return new CaptureOperator.PaymentInfo(
        info.operator().hex(),
        info.payer().hex(),
        info.receiver().hex(),
        info.token().hex(),
        info.maxAmount(),
        BigInteger.valueOf(info.preApprovalExpiry()),
        BigInteger.valueOf(info.authorizationExpiry()),
        BigInteger.valueOf(info.refundExpiry()),
        BigInteger.valueOf(info.minFeeBps()),
        BigInteger.valueOf(info.maxFeeBps()),
        info.feeReceiver().hex(),
        info.salt());
  }
}
