package org.earnest.payments.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.core.chain.EvmAddress;

/** Contracts of others that payments need, written again for a chain of one's own. */
public final class Doubles {
  private static final BigInteger EVERYTHING = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  private static final EvmAddress MULTICALL =
      new EvmAddress("0xcA11bde05977b3631167028862bE2a173976CA11");

  private Doubles() {}

  /** Puts Permit2 and the x402 proxies where they stand on every chain. */
  public static void installPermit2(World world) {
    world.place(Permit2Transfer.PERMIT2, creationCode("Permit2Double"));
    world.place(Permit2Payment.EXACT_PROXY, creationCode("ExactProxyDouble"));
    world.place(Permit2Payment.UPTO_PROXY, creationCode("UptoProxyDouble"));
  }

  /** Puts Multicall3 where it stands on every chain: the stock facilitator reads channels by it. */
  public static void installMulticall(World world) {
    world.place(MULTICALL, creationCode("MulticallDouble"));
  }

  /** Puts the commerce-payments escrow and its collectors where they stand on every chain. */
  public static void installAuthCapture(World world) {
    String escrow = "0".repeat(24) + PaymentInfo.ESCROW.hex().substring(2);
    world.place(PaymentInfo.ESCROW, creationCode("AuthCaptureEscrowDouble"));
    world.place(PaymentInfo.COLLECTOR, creationCode("EIP3009CollectorDouble") + escrow);
    world.place(
        PaymentInfo.REFUND_COLLECTOR, creationCode("OperatorRefundCollectorDouble") + escrow);
  }

  /** Lets Permit2 fetch an account's tokens. */
  public static void approve(World world, EvmAddress owner) {
    world.sendAs(
        owner, new TokenCalls(world.usdc.token()).approve(Permit2Transfer.PERMIT2, EVERYTHING));
  }

  /** A contract wallet of this owner. */
  public static EvmAddress wallet(World world, EvmAddress owner, Manners manners) {
    return world.deploy(
        creationCode("TrickyWallet")
            + "0".repeat(24)
            + owner.hex().substring(2)
            + "%064x".formatted(manners.number));
  }

  /** How a contract wallet answers when it is asked for a signature; by the contract's numbers. */
  public enum Manners {
    HONEST(0),
    REFUSES(1),
    BURNS(2),
    CHANGES_ITS_MIND(3),
    CALLS_BACK(4);

    private final int number;

    Manners(int number) {
      this.number = number;
    }
  }

  /** As the contracts' build wrote it. */
  public static String creationCode(String name) {
    try (InputStream file = Doubles.class.getResourceAsStream("/" + name + ".bin")) {
      byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
      return "0x" + new String(bytes, StandardCharsets.US_ASCII).strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
