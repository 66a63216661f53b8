package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What headers may say, and how they may lie. */
class PaymentReadingTest {
  private static final String URL = "https://seller.example/quote";
  private static final Offer OFFER =
      new Offer("a quote", "application/json", List.of(Payments.offer().toWire()));
  private static final String GOOD = PaymentHeaders.encode(Payments.good("a").payment());

  @Test
  void nothingPaidIsNothingPaid() {
    assertThat(read(URL, false)).isInstanceOf(PaymentReading.None.class);
  }

  @Test
  void aPaymentForThisIsFit() {
    assertThat(read(URL, false, GOOD)).isInstanceOf(PaymentReading.Fit.class);
  }

  @Test
  void twoHeadersOrTwoVersionsAreRefused() {
    assertThat(read(URL, false, GOOD, GOOD)).isEqualTo(ambiguous("more than once"));
    assertThat(read(URL, true, GOOD)).isEqualTo(ambiguous("together"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "e30=", "!!!!", "bnVsbA==", "W10=", "eyJ4NDAyVmVyc2lvbiI6MX0="})
  void whatIsNoPaymentIsMalformed(String header) {
    assertThat(read(URL, false, header)).isInstanceOf(PaymentReading.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://seller.example/other",
        "https://seller.example/quote?x=1",
        "https://evil.example/quote",
        "http://seller.example/quote"
      })
  void aPaymentForAnotherResourceIsUnfit(String url) {
    assertThat(read(url, false, GOOD))
        .isInstanceOfSatisfying(
            PaymentReading.Unfit.class,
            unfit -> assertThat(unfit.refusal().code()).isEqualTo("resource_mismatch"));
  }

  @Test
  void anOfferThatIsNotMadeHereIsUnfitOrWasMadeOnce() {
    ObjectNode inconsistent = Payments.good("a").payment().toJson();
    ((ObjectNode) inconsistent.get("accepted")).put("scheme", "other");
    ObjectNode former = Payments.good("a").payment().toJson();
    ((ObjectNode) former.get("accepted")).put("maxTimeoutSeconds", 61);

    assertThat(read(URL, false, PaymentHeaders.encode(PaymentPayload.parse(inconsistent))))
        .isInstanceOf(PaymentReading.Unfit.class);
    assertThat(read(URL, false, PaymentHeaders.encode(PaymentPayload.parse(former))))
        .isInstanceOf(PaymentReading.Former.class);
  }

  @Test
  void aPaymentBuysOneMethodResourceAndBody() {
    PaidRequest get = request("GET", URL, "a");

    assertThat(get.binding()).isEqualTo(request("get", URL, "a").binding());
    assertThat(
            List.of(
                request("POST", URL, "a"),
                request("GET", URL + "?", "a"),
                request("GET", URL, "b")))
        .extracting(PaidRequest::binding)
        .doesNotContain(get.binding())
        .doesNotHaveDuplicates();
  }

  private static PaidRequest request(String method, String url, String body) {
    return new PaidRequest(method, url, Payments.seed(body), List.of(), List.of());
  }

  private static PaymentReading ambiguous(String how) {
    return new PaymentReading.Malformed(
        "ambiguous_payment",
        how.equals("together")
            ? "PAYMENT-SIGNATURE and X-PAYMENT came together; send one"
            : "PAYMENT-SIGNATURE came more than once; send one");
  }

  private static PaymentReading read(String url, boolean version1, String... headers) {
    return PaymentReading.of(
        new PaidRequest(
            "GET",
            url,
            Payments.seed(""),
            List.of(headers),
            version1 ? List.of("e30=") : List.of()),
        OFFER);
  }
}
