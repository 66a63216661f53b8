package org.earnest.payments.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;

/** What is wrong with an offer by itself. Pure. */
final class OfferChecks {
  private final URI address;

  OfferChecks(URI address) {
    this.address = address;
  }

  List<Finding> of(PaymentRequired required) {
    List<Finding> findings = new ArrayList<>(List.of(resource(required.resource().url())));
    WayChecks checks = new WayChecks(Instant.now());
    List<PaymentTerms> payable = new ArrayList<>();
    for (int index = 0; index < required.accepts().size(); index++) {
      PaymentRequirements way = required.accepts().get(index);
      Finding finding = checks.of("accepts[" + index + "]", way);
      if (finding.verdict() != Finding.Verdict.FAIL) {
        WayChecks.understood(way).ifPresent(payable::add);
      }
      findings.add(finding);
    }
    findings.add(payable(payable));
    return findings;
  }

  private static Finding payable(List<PaymentTerms> ways) {
    if (ways.stream().anyMatch(ExactRequirements.class::isInstance)) {
      return Finding.ok("payable", "by scheme exact on an EVM chain with EIP-3009");
    }
    return ways.isEmpty()
        ? Finding.fail(
            "payable",
            "no way to pay is of a known scheme on an EVM chain",
            "Offer scheme exact with EIP-3009: most buyers can pay no other")
        : Finding.note(
            "payable",
            "no way to pay is scheme exact on an EVM chain with EIP-3009",
            "Offer one as well, if you can: most buyers can pay no other");
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
}
