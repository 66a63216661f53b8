package org.earnest.payments.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.wire.PaymentRequirements;

/** What is wrong with one way to pay, by whichever scheme it is. Pure. */
final class WayChecks {
  /** Less is hardly enough to sign, send, verify and mine. */
  private static final Duration SHORT = Duration.ofSeconds(15);

  private static final String EVM = "eip155:";
  private static final Set<String> SCHEMES =
      Set.of(
          ExactRequirements.SCHEME,
          Permit2Requirements.UPTO,
          ChannelTerms.SCHEME,
          CaptureTerms.SCHEME);

  private final Instant now;

  WayChecks(Instant now) {
    this.now = now;
  }

  /** What it asks; empty where nobody can say. */
  static Optional<PaymentTerms> understood(PaymentRequirements way) {
    if (way.scheme().equals(ChannelTerms.SCHEME)) {
      return ChannelTerms.read(way).map(terms -> terms);
    }
    return isKnown(way) && EvmPayments.terms(way) instanceof Reading.Understood<PaymentTerms> known
        ? Optional.of(known.value())
        : Optional.empty();
  }

  private static boolean isKnown(PaymentRequirements way) {
    return SCHEMES.contains(way.scheme()) && way.network().startsWith(EVM);
  }

  Finding of(String name, PaymentRequirements way) {
    return understood(way).map(terms -> judged(name, terms)).orElseGet(() -> unread(name, way));
  }

  private static Finding unread(String name, PaymentRequirements way) {
    String found = "%s on %s".formatted(way.scheme(), way.network());
    if (!isKnown(way)) {
      return Finding.note(
          name,
          found + ": not known here",
          "Nothing, if you mean it; fewer buyers can pay this way");
    }
    if (way.scheme().equals(ChannelTerms.SCHEME)) {
      return Finding.fail(
          name,
          found + ": it cannot be paid out of a channel",
          "Give receiverAuthorizer, a withdrawDelay from 15 minutes to 30 days in seconds, and the"
              + " token's name() and version() in extra");
    }
    String reason =
        EvmPayments.terms(way) instanceof Reading.Refused<PaymentTerms> refused
            ? ": %s [%s]".formatted(refused.detail(), refused.reason().code())
            : "";
    return Finding.fail(name, found + reason, mend(way.scheme()));
  }

  private static String mend(String scheme) {
    return switch (scheme) {
      case Permit2Requirements.UPTO ->
          "Give asset and payTo as EVM addresses, and in extra the facilitatorAddress that"
              + " /supported names";
      case CaptureTerms.SCHEME ->
          "Give in extra operatorType custom, captureAuthorizer, captureDeadline, refundDeadline, no"
              + " fee, feeRecipient 0x0, and the token's name() and version()";
      default ->
          "Give asset and payTo as EVM addresses, and the token's name() and version() in extra";
    };
  }

  private Finding judged(String name, PaymentTerms terms) {
    String what = what(terms);
    if (terms.payTo().equals(EvmAddress.ZERO)) {
      return Finding.fail(name, what + ", which is nobody", "Set payTo to your account");
    }
    if (terms.price().atomicUnits().signum() == 0) {
      return Finding.fail(name, what + ": a price of nothing", "Set a price, or serve it free");
    }
    if (terms.maxTimeout().compareTo(SHORT) < 0) {
      return Finding.fail(
          name,
          what + ", within " + terms.maxTimeout().toSeconds() + " s",
          "Let maxTimeoutSeconds be 60: signing, sending and mining take their time");
    }
    if (terms.maxTimeout().compareTo(StaticChecks.MAX_LIFETIME) > 0) {
      return Finding.note(
          name,
          what + ", within " + terms.maxTimeout().toHours() + " h",
          "Let maxTimeoutSeconds be 60; buyers cut it short, and facilitators refuse long ones");
    }
    return terms instanceof CaptureTerms escrow
        ? deadline(name, what, escrow)
        : Finding.ok(name, what);
  }

  private Finding deadline(String name, String what, CaptureTerms escrow) {
    if (escrow.captureDeadline().isBefore(now.plus(escrow.maxTimeout()))) {
      return Finding.fail(
          name,
          what + ", which is over before it is paid",
          "Let captureDeadline lie ahead of each call by the operator's window and ruling");
    }
    return escrow.captureDeadline().isAfter(now.plus(SpendingPolicy.MAX_ESCROW))
        ? Finding.note(
            name,
            what,
            "Let captureDeadline be within %d days: guarded buyers refuse to wait longer"
                .formatted(SpendingPolicy.MAX_ESCROW.toDays()))
        : Finding.ok(name, what);
  }

  private static String what(PaymentTerms terms) {
    String price =
        "%s atomic units of %s to %s"
            .formatted(terms.price().atomicUnits(), terms.price().asset(), terms.payTo());
    return switch (terms) {
      case Permit2Requirements permit2 when permit2.facilitator().isPresent() ->
          "at most %s, through Permit2".formatted(price);
      case Permit2Requirements permit2 -> price + ", through Permit2";
      case ChannelTerms channel ->
          "%s, out of a channel of %s".formatted(price, channel.minDeposit());
      case CaptureTerms escrow ->
          "%s, in escrow under %s until %s"
              .formatted(price, escrow.operator(), escrow.captureDeadline());
      default -> price;
    };
  }
}
