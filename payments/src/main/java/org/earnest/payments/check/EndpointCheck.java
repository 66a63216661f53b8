package org.earnest.payments.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequiredV1;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;

/**
 * Looks at an address as a buyer would, and as a thief would: without a payment, with something
 * that is none, and with one that nobody signed. It has no key, so it can spend nothing.
 */
public final class EndpointCheck {
  private static final int PAYMENT_REQUIRED = 402;
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAILURE = 500;

  /** Base64 of an empty object. */
  private static final String NO_PAYMENT = "e30=";

  private final URI address;
  private final Probe probe;

  /**
   * A check of one address.
   *
   * @param http must not follow redirects
   * @param method HTTP's, without a body
   */
  public EndpointCheck(HttpClient http, URI address, String method) {
    this.address = address;
    this.probe = new Probe(http, address, method);
  }

  /**
   * Asks four times at most.
   *
   * @throws IOException when nothing answers there
   */
  public List<Finding> run() throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>(List.of(transport()));
    Probe.Seen unpaid = probe.unpaid();
    findings.add(answer(unpaid));
    if (unpaid.status() != PAYMENT_REQUIRED) {
      return findings;
    }
    findings.add(cache(unpaid));
    findings.addAll(ExposureChecks.of(unpaid));
    Optional<PaymentRequired> required = offer(unpaid, findings);
    if (required.isPresent()) {
      findings.addAll(new OfferChecks(address).of(required.get()));
    }
    findings.add(tricked("malformed", "something that is no payment", NO_PAYMENT));
    Optional<String> forged = required.flatMap(Forgery::of);
    if (forged.isPresent()) {
      findings.add(tricked("forged", "a payment that its payer did not sign", forged.get()));
      findings.add(
          judged("versions", "a payment of each version at once", probe.withBoth(forged.get())));
    }
    return findings;
  }

  private Finding transport() {
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    String host = String.valueOf(address.getHost());
    boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return secure || here
        ? Finding.ok("transport", secure ? "https" : "this machine")
        : Finding.fail(
            "transport",
            "plain http: whoever is on the way can put in a payee of their own",
            "Serve it by https");
  }

  private static Finding answer(Probe.Seen seen) {
    int status = seen.status();
    if (status == PAYMENT_REQUIRED) {
      return Finding.ok("answer", "402 without a payment");
    }
    if (seen.isServed()) {
      return Finding.fail(
          "answer", status + " without a payment: it is served free", "Put a price before it");
    }
    if (status < FIRST_REFUSAL && status >= FIRST_REDIRECT) {
      return Finding.fail(
          "answer",
          status + ", which sends buyers to " + seen.headers().firstValue("Location").orElse("?"),
          "Ask for payment at the address itself; buyers carry no payment along a redirect");
    }
    return Finding.fail(
        "answer",
        status + " without a payment",
        status < FIRST_FAILURE
            ? "Check address and method (--method); ask for payment before the rest is judged"
            : "Look into the server's log: it fails before it asks for payment");
  }

  private static Finding cache(Probe.Seen seen) {
    boolean kept =
        seen.headers().allValues("Cache-Control").stream()
            .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-store"));
    return kept
        ? Finding.note(
            "cache",
            "the 402 may be cached",
            "Answer 402 with Cache-Control: no-store, and what was paid for with private")
        : Finding.ok("cache", "the 402 is not cached");
  }

  private static Optional<PaymentRequired> offer(Probe.Seen seen, List<Finding> findings) {
    List<String> headers = seen.headers().allValues(PaymentHeaders.PAYMENT_REQUIRED);
    try {
      if (headers.isEmpty()) {
        return Optional.of(versionOne(seen, findings));
      }
      if (headers.size() > 1) {
        findings.add(
            Finding.fail(
                "offer", "PAYMENT-REQUIRED came " + headers.size() + " times", "Send it once"));
        return Optional.empty();
      }
      PaymentRequired required = PaymentHeaders.decode(headers.getFirst(), PaymentRequired::parse);
      findings.add(Finding.ok("offer", "x402 version 2, in PAYMENT-REQUIRED"));
      return Optional.of(required);
    } catch (WireFormatException refused) {
      findings.add(
          Finding.fail(
              "offer",
              "it cannot be read: " + refused.getMessage(),
              "Send PAYMENT-REQUIRED with padded base64 of a version 2 PaymentRequired object"));
      return Optional.empty();
    }
  }

  private static PaymentRequired versionOne(Probe.Seen seen, List<Finding> findings) {
    PaymentRequired required =
        PaymentRequiredV1.parse(WireJson.read(seen.body().getBytes(UTF_8))).toV2();
    findings.add(
        Finding.note(
            "offer",
            "x402 version 1, in the body",
            "Send PAYMENT-REQUIRED as well: buyers of version 2 look there"));
    return required;
  }

  private Finding tricked(String check, String what, String payment)
      throws IOException, InterruptedException {
    return judged(check, what, probe.with(PaymentHeaders.PAYMENT_SIGNATURE, payment));
  }

  private static Finding judged(String check, String what, Probe.Seen seen) {
    if (seen.isServed()) {
      return Finding.fail(
          check, "it serves for " + what, "Verify each payment before the handler runs");
    }
    return seen.status() >= FIRST_FAILURE
        ? Finding.note(
            check,
            "%d for %s".formatted(seen.status(), what),
            "Answer 400 or 402: buyers take it for a fault, and try again")
        : Finding.ok(check, "%d for %s".formatted(seen.status(), what));
  }
}
