package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.cli.x402.ChannelSales;
import org.earnest.cli.x402.EscrowSales;
import org.earnest.cli.x402.MeteredSales;
import org.earnest.cli.x402.ShopWays;
import org.earnest.cli.x402.Spans;
import org.earnest.core.chain.EvmAddress;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.permit2.Permit2Requirements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a shop can be paid, and what each way needs. */
final class ShopWayOptions {
  private static final String EXACT = ExactRequirements.SCHEME;
  private static final String UPTO = Permit2Requirements.UPTO;
  private static final String CHANNELS = ChannelTerms.SCHEME;
  private static final String ESCROW = CaptureTerms.SCHEME;
  private static final String CHARGE_HEADER = "X402-Charge";
  private static final Set<String> SCHEMES = Set.of(EXACT, UPTO, CHANNELS, ESCROW);

  @Option(
      names = "--scheme",
      paramLabel = "NAME",
      description = {
        "How it can be paid: exact; upto, which charges what the answer says it cost;",
        "batch-settlement, out of a channel that the buyer fills once; or auth-capture, into",
        "escrow, where the buyer can dispute it. The first three may be combined. Default:",
        "exact."
      })
  private List<String> schemes = new ArrayList<>();

  @Option(
      names = "--charge-header",
      paramLabel = "NAME",
      description = {
        "With upto: the header in which the server behind says what its answer costs, in whole",
        "tokens; --price where it does not. Default: X402-Charge."
      })
  private @Nullable String chargeHeader;

  @Option(
      names = "--least",
      paramLabel = "AMOUNT",
      description = {
        "With upto or auth-capture: the least that is worth its gas, in whole tokens. An answer",
        "that costs less is given away; a --price below it is refused. Default: none."
      })
  private @Nullable String least;

  @Option(
      names = "--authorizer",
      paramLabel = "FILE",
      description = {
        "With batch-settlement: the key that signs claims and refunds for --pay-to. It holds",
        "no money; who has it can give back what was not claimed."
      })
  private @Nullable Path authorizer;

  @Option(
      names = "--claim-at",
      paramLabel = "AMOUNT",
      description = "Claim a channel unasked once it owes so much. Default: a thousand calls.")
  private @Nullable String claimAt;

  @Option(
      names = "--operator",
      paramLabel = "ADDRESS",
      description = "With auth-capture: the CaptureOperator under which calls can be disputed.")
  private @Nullable String operator;

  @Option(
      names = "--capture-key",
      paramLabel = "FILE",
      description = {
        "With auth-capture: the key of --pay-to, which fetches what nobody disputes, and pays",
        "the gas of that."
      })
  private @Nullable Path captureKey;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = "With auth-capture: a node of the chain. May be repeated; they have to agree.")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--capture-within",
      paramLabel = "TIME",
      description = {
        "With auth-capture: how long after a call its money can be captured: 36h, 7d. Default:",
        "a day more than the operator's window and ruling take."
      })
  private @Nullable String captureWithin;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  /**
   * The ways that were named.
   *
   * @throws StartupException with the code of what does not fit
   */
  ShopWays ways(boolean upfront) {
    boolean escrow = schemes.contains(ESCROW);
    boolean alone = !escrow || (schemes.size() == 1 && !upfront);
    boolean priced = !upfront || (!schemes.contains(CHANNELS) && !schemes.contains(UPTO));
    if (!SCHEMES.containsAll(schemes) || !alone || !priced) {
      throw new StartupException(
          "scheme_invalid",
          "that is no way to be paid here",
          "Name exact, upto, batch-settlement, or several of them, or auth-capture alone; --upfront"
              + " goes with exact");
    }
    requireScheme("--charge-header", chargeHeader, UPTO);
    requireScheme("--least", least, escrow ? ESCROW : UPTO);
    requireScheme("--authorizer", authorizer, CHANNELS);
    requireScheme("--claim-at", claimAt, CHANNELS);
    requireScheme("--operator", operator, ESCROW);
    requireScheme("--capture-key", captureKey, ESCROW);
    requireScheme("--capture-within", captureWithin, ESCROW);
    return new ShopWays(
        schemes.isEmpty() || schemes.contains(EXACT),
        schemes.contains(UPTO) ? Optional.of(metered()) : Optional.empty(),
        schemes.contains(CHANNELS) ? Optional.of(channels()) : Optional.empty(),
        escrow ? Optional.of(escrow()) : Optional.empty(),
        Optional.ofNullable(least));
  }

  /** Whoever names it means to be paid so. */
  private void requireScheme(String option, @Nullable Object value, String scheme) {
    if (value != null && !schemes.contains(scheme)) {
      throw new StartupException(
          "scheme_needed",
          "%s is of no use without --scheme %s".formatted(option, scheme),
          "Name both, or neither");
    }
  }

  private MeteredSales metered() {
    try {
      return new MeteredSales(chargeHeader == null ? CHARGE_HEADER : chargeHeader);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "charge_header_invalid",
          "--charge-header is no header's name",
          "Write it as X402-Charge");
    }
  }

  private ChannelSales channels() {
    if (authorizer == null) {
      throw new StartupException(
          "authorizer_needed",
          "what a channel owes is claimed by a signature",
          "Make a key with ./earnest key new authorizer.json, and name it with --authorizer");
    }
    return new ChannelSales(
        KeyShowCommand.signer(authorizer, passphrase), Optional.ofNullable(claimAt));
  }

  private EscrowSales escrow() {
    if (operator == null || captureKey == null || nodes.isEmpty()) {
      throw new StartupException(
          "escrow_incomplete",
          "what is paid into escrow is captured under an operator, by a key, at a node",
          "Name --operator, --capture-key and --rpc-url; ./earnest x402 escrow deploy makes an"
              + " operator");
    }
    return new EscrowSales(
        operator(operator),
        KeyShowCommand.signer(captureKey, passphrase),
        RpcUrls.parse(nodes),
        Optional.ofNullable(captureWithin).map(text -> Spans.parse("--capture-within", text)));
  }

  /**
   * An operator's address.
   *
   * @throws StartupException {@code operator_invalid}
   */
  static EvmAddress operator(String text) {
    try {
      return ChecksumAddress.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "operator_invalid",
          "--operator is no contract's address, or a letter of it is wrong",
          "Write it as 0x and 40 digits");
    }
  }
}
