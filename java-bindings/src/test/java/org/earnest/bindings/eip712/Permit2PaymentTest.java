package org.earnest.bindings.eip712;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.earnest.bindings.call.Permit2ProxyCalls;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;

/** Digests and calldata as viem 2 makes them from the types and ABI of {@code @x402/evm} 2.27.0. */
class Permit2PaymentTest {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(84532);
  private static final EvmAddress FACILITATOR = account("22");
  private static final String PERMITTED =
      "000000000000000000000000036cbd53842c5426634e7929541ec2318f3dcf7e"
          + "00000000000000000000000000000000000000000000000000000000000003e8"
          + "0000000000000000000000000000000000000000000000000000000000000007"
          + "000000000000000000000000000000000000000000000000000000006ab13bbc";
  private static final String SIGNATURE =
      "0000000000000000000000000000000000000000000000000000000000000041"
          + "ab".repeat(65)
          + "00".repeat(31);

  @Test
  void exactIsSignedAndCalledAsTheReferenceDoes() {
    Permit2Payment payment = payment(Optional.empty());

    ChainCall call = Permit2ProxyCalls.settle(payment, payment.amount(), signature());

    assertThat(payment.digest(CHAIN).hex())
        .isEqualTo("0xfc1671cbf13a04524ecec43d1b44e30976d867b7fbddb7f1005cef82edf938f4");
    assertThat(call.to()).isEqualTo(Permit2Payment.EXACT_PROXY);
    assertThat(call.data())
        .isEqualTo(
            "0x13cd3b53"
                + PERMITTED
                + word("33".repeat(20))
                + word("11".repeat(20))
                + word("05")
                + word("0100")
                + SIGNATURE);
  }

  @Test
  void uptoIsSignedAndCalledAsTheReferenceDoes() {
    Permit2Payment payment = payment(Optional.of(FACILITATOR));

    ChainCall call = Permit2ProxyCalls.settle(payment, BigInteger.valueOf(400), signature());

    assertThat(payment.digest(CHAIN).hex())
        .isEqualTo("0xf14f7c7755c8786b9ae82e8c7427d1561a86c607e0b918ca48a9e4e7a60f0cd3");
    assertThat(call.to()).isEqualTo(Permit2Payment.UPTO_PROXY);
    assertThat(call.data())
        .isEqualTo(
            "0xff11e7b4"
                + PERMITTED
                + word("0190")
                + word("33".repeat(20))
                + word("11".repeat(20))
                + word("22".repeat(20))
                + word("05")
                + word("0140")
                + SIGNATURE);
  }

  private static Permit2Payment payment(Optional<EvmAddress> facilitator) {
    return new Permit2Payment(
        account("33"),
        new EvmAddress("0x036cbd53842c5426634e7929541ec2318f3dcf7e"),
        BigInteger.valueOf(1_000),
        BigInteger.valueOf(7),
        BigInteger.valueOf(1_790_000_060),
        account("11"),
        facilitator,
        BigInteger.valueOf(5));
  }

  private static byte[] signature() {
    byte[] signature = new byte[65];
    Arrays.fill(signature, (byte) 0xab);
    return signature;
  }

  private static String word(String hex) {
    return "0".repeat(64 - hex.length()) + hex;
  }

  private static EvmAddress account(String everyByte) {
    return new EvmAddress("0x" + everyByte.repeat(20));
  }
}
