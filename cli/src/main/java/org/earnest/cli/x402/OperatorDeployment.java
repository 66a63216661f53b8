package org.earnest.cli.x402;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.earnest.bindings.call.CaptureReads;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.devnet.Create2;
import org.earnest.kit.process.StartupException;

/**
 * An operator contract that is to be.
 *
 * @param arbiter who decides disputes
 * @param window for how long a buyer can freeze
 * @param ruling how long the arbiter has at least
 */
public record OperatorDeployment(EvmAddress arbiter, Duration window, Duration ruling) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * One that the contract takes.
   *
   * @throws StartupException {@code duration_invalid}
   */
  public OperatorDeployment {
    if (!isPossible(window) || !isPossible(ruling)) {
      throw new StartupException(
          "duration_invalid",
          "--window and --ruling are from a second to a year",
          "Write them as 90m, 36h or 7d");
    }
  }

  private static boolean isPossible(Duration time) {
    return time.toSeconds() > 0 && time.compareTo(LONGEST) <= 0;
  }

  /**
   * Deploys it unless it is there.
   *
   * @param key opened only where something is to be sent
   * @throws StartupException {@code escrow_missing}, {@code deployer_missing} and as of {@link
   *     JournaledTransaction#require}
   */
  public Map<String, Object> on(
      ChainReader chain,
      Supplier<EvmSigner> key,
      JournaledTransaction transactions,
      Console console) {
    Create2 contract = contract(arbiter, window, ruling);
    String address = ChecksumAddress.of(contract.address());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("operator", address);
    figures.put("network", chain.chainId().toString());
    figures.put("arbiter", ChecksumAddress.of(arbiter));
    figures.put("windowSeconds", window.toSeconds());
    figures.put("rulingSeconds", ruling.toSeconds());
    boolean there = isThere(chain, contract.address());
    if (!there) {
      SubmissionRequest request = contract.request("CaptureOperator");
      requireThere(chain, PaymentInfo.ESCROW, "escrow_missing", "the commerce-payments escrow");
      requireThere(chain, request.to(), "deployer_missing", "the deterministic deployment proxy");
      figures.put("transaction", transactions.require(key.get(), request));
    }
    figures.put("deployed", !there);
    console.say("The operator is at %s%s".formatted(address, there ? ", and was before" : ""));
    console.say("Facilitator and shop take it as --operator, and a buyer who trusts it too.");
    return figures;
  }

  /** Whether the contract is one that was deployed so: its address tells, by its own terms. */
  static boolean isOperator(ChainReader chain, EvmAddress address) {
    try {
      CaptureReads.Terms terms = new CaptureReads(chain).terms(address, BlockTag.Named.LATEST);
      return contract(terms.arbiter(), terms.freezeWindow(), terms.rulingTime())
          .address()
          .equals(address);
    } catch (ArithmeticException beyondTime) {
      return false;
    }
  }

  private static Create2 contract(EvmAddress arbiter, Duration window, Duration ruling) {
    return new Create2(
        CreationCode.captureOperator(
            PaymentInfo.ESCROW, PaymentInfo.REFUND_COLLECTOR, arbiter, window, ruling));
  }

  private static void requireThere(
      ChainReader chain, EvmAddress contract, String code, String name) {
    if (!isThere(chain, contract)) {
      throw new StartupException(
          code,
          "%s is not on %s, where it would be at %s".formatted(name, chain.chainId(), contract),
          "Use a chain that has it, such as Base or Base Sepolia");
    }
  }

  private static boolean isThere(ChainReader chain, EvmAddress contract) {
    return !chain.code(contract, BlockTag.Named.LATEST).equals("0x");
  }
}
