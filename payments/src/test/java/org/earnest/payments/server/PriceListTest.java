package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.earnest.payments.testing.Payments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not listed is not served, in whatever way it is written. */
class PriceListTest {
  private static final Offer OFFER =
      new Offer("a quote", "text/plain", List.of(Payments.offer().toWire()));
  private static final PriceList PRICES =
      PriceList.builder()
          .free("GET", "/health")
          .free("GET", "/docs/**")
          .free("GET", "/docs/secret")
          .charge("GET", "/quote", OFFER)
          .charge("get", "/reports/*/pdf", OFFER)
          .charge("GET", "/docs/secret", OFFER)
          .charge("POST", "/caf\u00e9 au lait", OFFER)
          .build();

  @ParameterizedTest
  @CsvSource({
    "GET,/quote",
    "get,/quote",
    "GET,/reports/7/pdf",
    "GET,/docs/secret",
    "POST,/caf%C3%A9%20au%20lait"
  })
  void isSold(String method, String path) {
    assertThat(PRICES.find(method, path)).isInstanceOf(PriceList.Entry.Priced.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/docs/a", "/docs/a/b.html"})
  void isFree(String path) {
    assertThat(PRICES.find("GET", path)).isInstanceOf(PriceList.Entry.Free.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,404",
    "GET,/Quote,404",
    "GET,/QUOTE,404",
    "GET,/quote/,404",
    "GET,/quote.json,404",
    "GET,/reports//pdf,400",
    "GET,/reports/7/8/pdf,404",
    "GET,/docs,404",
    "HEAD,/quote,405",
    "OPTIONS,/quote,405",
    "POST,/quote,405",
    "TRACE,/quote,405",
    "G\u0130T,/quote,405"
  })
  void isNotThere(String method, String path, int status) {
    assertThat(PRICES.find(method, path))
        .isInstanceOfSatisfying(
            PriceList.Entry.Absent.class, absent -> assertThat(absent.status()).isEqualTo(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quote",
        "//quote",
        "/quote//",
        "/./quote",
        "/x/../quote",
        "/quote/..",
        "/quote/.",
        "/quote;v=1",
        "/quote%3Bv=1",
        "/docs%2Fsecret",
        "/docs%2fsecret",
        "/docs/%2e%2e/quote",
        "/%71uote",
        "/quot%65",
        "/quote%00",
        "/quote%0A",
        "/quote%",
        "/quote%zz",
        "/quote\\",
        "/quote%5C",
        "/quote?",
        "/quote#",
        "/quote%25",
        "/caf%C3",
        "/caf%c3%a9",
        "/caf\u00e9",
        "/quote\u00a0",
        "/docs/%C0%AE%C0%AE/quote",
        "/quote%2F",
        "/quote%C2%85"
      })
  void isAmbiguous(String path) {
    assertThat(PRICES.find("GET", path))
        .isInstanceOfSatisfying(
            PriceList.Entry.Absent.class,
            absent -> assertThat(absent.refusal().code()).isEqualTo("ambiguous_path"));
  }

  @Test
  void aLongPathIsRefusedAtOnce() {
    assertThat(PRICES.find("GET", "/" + "a".repeat(PathSpelling.MAX_CHARS)))
        .isInstanceOf(PriceList.Entry.Absent.class);
  }

  @Test
  void aPatternThatWouldSellAnotherThingIsRefused() {
    assertThatThrownBy(() -> PathPattern.parse("quote"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PathPattern.parse("/a/**/b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
