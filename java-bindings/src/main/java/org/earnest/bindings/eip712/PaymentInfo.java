package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * A payment in the commerce-payments escrow. Times are seconds of 1970.
 *
 * @param operator who alone may move it
 * @param maxAmount atomic units, below 2^120
 * @param preApprovalExpiry from which on it cannot be fetched
 * @param authorizationExpiry from which on it cannot be captured, and its payer takes it back
 * @param refundExpiry from which on it cannot be refunded
 * @param minFeeBps of what is captured, in hundredths of a percent
 * @param maxFeeBps of what is captured, in hundredths of a percent
 * @param salt below 2^256
 */
public record PaymentInfo(
    EvmAddress operator,
    EvmAddress payer,
    EvmAddress receiver,
    EvmAddress token,
    BigInteger maxAmount,
    long preApprovalExpiry,
    long authorizationExpiry,
    long refundExpiry,
    int minFeeBps,
    int maxFeeBps,
    EvmAddress feeReceiver,
    BigInteger salt) {
  /** {@code AuthCaptureEscrow} of version 1.1, the same on every chain. */
  public static final EvmAddress ESCROW =
      new EvmAddress("0xf96815976523e00e65be8f34ca5e64b4f41eb19c");

  /** The escrow's collector by EIP-3009. */
  public static final EvmAddress COLLECTOR =
      new EvmAddress("0x8612dfdc421f80336cd14e8ef9cb1e765db5ab88");

  /** The escrow's collector of refunds from their operator. */
  public static final EvmAddress REFUND_COLLECTOR =
      new EvmAddress("0x7a03443724d14798c4ab4622f1daaca761fea486");

  private static final Hash32 TYPE =
      Keccak256.hash(
          "PaymentInfo(address operator,address payer,address receiver,address token,"
              + "uint120 maxAmount,uint48 preApprovalExpiry,uint48 authorizationExpiry,"
              + "uint48 refundExpiry,uint16 minFeeBps,uint16 maxFeeBps,address feeReceiver,"
              + "uint256 salt)");

  private static final Hash32 FREEZE = Keccak256.hash("Freeze(bytes32 paymentInfoHash)");

  /** Its id in the escrow. */
  public Hash32 id(Caip2ChainId chain) {
    return hash(chain, payer);
  }

  /** The nonce of its payer's authorization, which binds that to all of it. */
  public Hash32 nonce(Caip2ChainId chain) {
    return hash(chain, EvmAddress.ZERO);
  }

  private Hash32 hash(Caip2ChainId chain, EvmAddress from) {
    Hash32 info =
        Words.ofType(TYPE)
            .address(operator)
            .address(from)
            .address(receiver)
            .address(token)
            .uint(maxAmount)
            .uint(preApprovalExpiry)
            .uint(authorizationExpiry)
            .uint(refundExpiry)
            .uint(minFeeBps)
            .uint(maxFeeBps)
            .address(feeReceiver)
            .uint(salt)
            .hash();
    return new Words().uint(new BigInteger(chain.reference())).address(ESCROW).word(info).hash();
  }

  /** What its payer signs to have it frozen, if it is at a {@code CaptureOperator}. */
  public byte[] freezeMessage(Caip2ChainId chain) {
    return new Eip712Domain("Earnest Capture Operator", "1", chain, operator)
        .message(Words.ofType(FREEZE).word(id(chain)).hash());
  }
}
