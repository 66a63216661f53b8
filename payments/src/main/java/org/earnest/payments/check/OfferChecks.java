package org.earnest.payments.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;

/** What is wrong with an offer by itself. Pure. */
final class OfferChecks {
  /** Less is hardly enough to sign, send, verify and mine. */
  private static final Duration SHORT = Duration.ofSeconds(15);

  private static final EvmAddress NOBODY = new EvmAddress("0x" + "00".repeat(20));

  private final URI address;

  OfferChecks(URI address) {
    this.address = address;
  }

  List<Finding> of(PaymentRequired required) {
    List<Finding> findings = new ArrayList<>(List.of(resource(required.resource().url())));
    boolean payable = false;
    for (int index = 0; index < required.accepts().size(); index++) {
      PaymentRequirements way = required.accepts().get(index);
      Finding finding = way("accepts[" + index + "]", way);
      payable |= finding.verdict() != Finding.Verdict.FAIL && understood(way).isPresent();
      findings.add(finding);
    }
    findings.add(
        payable
            ? Finding.ok("payable", "by scheme exact on an EVM chain with EIP-3009")
            : Finding.fail(
                "payable",
                "no way to pay is scheme exact on an EVM chain with EIP-3009",
                "Offer one: most buyers can pay no other"));
    return findings;
  }

  static Optional<ExactRequirements> understood(PaymentRequirements way) {
    return ExactRequirements.of(way) instanceof Reading.Understood<ExactRequirements> exact
        ? Optional.of(exact.value())
        : Optional.empty();
  }

  private Finding resource(String url) {
    try {
      URI named = new URI(url);
      if (named.equals(address)) {
        return Finding.ok("resource", "names the address that was asked for");
      }
      if (named.getHost() != null && !named.getHost().equalsIgnoreCase(address.getHost())) {
        return Finding.fail(
            "resource",
            "names the host " + named.getHost() + ", not the one that was asked",
            "Let resource.url be the address under which buyers know the server; guarded buyers"
                + " refuse another host");
      }
      return Finding.note(
          "resource",
          "names " + url + ", not the address to the letter",
          "Behind a proxy, give the server its public address");
    } catch (URISyntaxException none) {
      return Finding.note("resource", "its url is no address", "Let resource.url be one");
    }
  }

  private static Finding way(String name, PaymentRequirements way) {
    return switch (ExactRequirements.of(way)) {
      case Reading.Refused<ExactRequirements> refused -> foreign(name, way, refused);
      case Reading.Understood<ExactRequirements> understood -> exact(name, understood.value());
    };
  }

  private static Finding foreign(
      String name, PaymentRequirements way, Reading.Refused<ExactRequirements> refused) {
    boolean other =
        !way.scheme().equals(ExactRequirements.SCHEME) || !way.network().startsWith("eip155:");
    String found = "%s on %s: %s".formatted(way.scheme(), way.network(), refused.detail());
    return other
        ? Finding.note(name, found, "Nothing, if you mean it; fewer buyers can pay this way")
        : Finding.fail(
            name,
            found + " [" + refused.reason().code() + "]",
            "Give asset and payTo as EVM addresses, and the token's name() and version() in extra");
  }

  private static Finding exact(String name, ExactRequirements offer) {
    String what =
        "%s atomic units of %s to %s"
            .formatted(offer.price().atomicUnits(), offer.price().asset(), offer.payTo());
    if (offer.payTo().equals(NOBODY)) {
      return Finding.fail(name, what + ", which is nobody", "Set payTo to your account");
    }
    if (offer.price().atomicUnits().signum() == 0) {
      return Finding.fail(name, what + ": a price of nothing", "Set a price, or serve it free");
    }
    if (offer.maxTimeout().compareTo(SHORT) < 0) {
      return Finding.fail(
          name,
          what + ", within " + offer.maxTimeout().toSeconds() + " s",
          "Let maxTimeoutSeconds be 60: signing, sending and mining take their time");
    }
    if (offer.maxTimeout().compareTo(StaticChecks.MAX_LIFETIME) > 0) {
      return Finding.note(
          name,
          what + ", within " + offer.maxTimeout().toHours() + " h",
          "Let maxTimeoutSeconds be 60; buyers cut it short, and facilitators refuse long ones");
    }
    return Finding.ok(name, what);
  }
}
