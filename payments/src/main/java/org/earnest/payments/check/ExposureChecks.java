package org.earnest.payments.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequiredV1;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;

/** Whether a 402 says what it asks to every kind of buyer: older ones, and those in a page. */
final class ExposureChecks {
  private ExposureChecks() {}

  static List<Finding> of(Probe.Seen unpaid) {
    List<Finding> findings = new ArrayList<>();
    if (!unpaid.headers().allValues(PaymentHeaders.PAYMENT_REQUIRED).isEmpty()) {
      findings.add(versionOne(unpaid));
    }
    if (unpaid.headers().firstValue("Access-Control-Allow-Origin").isPresent()) {
      findings.add(pages(unpaid));
    }
    return findings;
  }

  private static Finding versionOne(Probe.Seen unpaid) {
    try {
      PaymentRequiredV1.parse(WireJson.read(unpaid.body().getBytes(UTF_8)));
      return Finding.ok("version1", "the body asks in version 1 as well");
    } catch (WireFormatException none) {
      return Finding.note(
          "version1",
          "buyers of version 1 find no offer in the body",
          "Put x402Version 1, accepts and error into the 402's body, if you want to sell to them");
    }
  }

  private static Finding pages(Probe.Seen unpaid) {
    String exposed =
        String.join(",", unpaid.headers().allValues("Access-Control-Expose-Headers"))
            .toUpperCase(Locale.ROOT);
    boolean readable =
        exposed.contains("*")
            || (exposed.contains(PaymentHeaders.PAYMENT_REQUIRED)
                && exposed.contains(PaymentHeaders.PAYMENT_RESPONSE));
    return readable
        ? Finding.ok("pages", "pages that may ask can read the payment headers")
        : Finding.note(
            "pages",
            "pages of other origins may ask, and cannot read the payment headers",
            "Name PAYMENT-REQUIRED and PAYMENT-RESPONSE in Access-Control-Expose-Headers");
  }
}
