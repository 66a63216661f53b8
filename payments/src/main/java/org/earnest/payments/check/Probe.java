package org.earnest.payments.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.WireJson;

/** Asks the address that is checked, and reads no more of its answer than an offer may be long. */
final class Probe {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So that a server which lets pages in says what they may read. */
  private static final String SOME_PAGE = "https://page.example";

  private final HttpClient http;
  private final URI address;
  private final String method;

  Probe(HttpClient http, URI address, String method) {
    this.http = http;
    this.address = address;
    this.method = method;
  }

  record Seen(int status, HttpHeaders headers, String body) {
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECT = 300;

    boolean isServed() {
      return status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
    }
  }

  Seen unpaid() throws IOException, InterruptedException {
    return ask(request(address));
  }

  Seen with(String header, String payment) throws IOException, InterruptedException {
    return ask(request(address).header(header, payment));
  }

  /** The same payment under both versions' names: which of them counts is anybody's guess. */
  Seen withBoth(String payment) throws IOException, InterruptedException {
    return ask(
        request(address)
            .header(PaymentHeaders.PAYMENT_SIGNATURE, payment)
            .header(PaymentHeaders.V1_PAYMENT, payment));
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    // What changes things may be refused to pages of other origins, and rightly.
    return method.equals("GET") ? request.header("Origin", SOME_PAGE) : request;
  }

  private Seen ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return new Seen(
          response.statusCode(),
          response.headers(),
          new String(body.readNBytes(WireJson.MAX_BYTES), UTF_8));
    }
  }
}
