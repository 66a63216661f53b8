package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.edge.TermsJson;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/** An agent that knows HTTP and how to sign a digest, and nothing else of the escrow. */
final class DealClient {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final int RETRIES = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Host host;
  private final LocalSigner buyer;
  private final LocalSigner seller;

  DealClient(Host host, LocalSigner buyer, LocalSigner seller) {
    this.host = host;
    this.buyer = buyer;
    this.seller = seller;
  }

  /** What opens a deal, with the digests from the service signed by both parties. */
  Map<String, Object> openBody(DealTerms terms) throws Exception {
    JsonNode prepared = post("/deals/prepare", Map.of("terms", TermsJson.write(terms)), 200);
    String consent = sign(seller, prepared.path("deal"));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("terms", TermsJson.write(terms));
    body.put(
        "payeeSignatures",
        IntStream.range(0, terms.legs().size()).mapToObj(leg -> leg == 0 ? consent : "").toList());
    body.put(
        "authorization",
        Map.of(
            "validAfter", prepared.path("validAfter").stringValue(),
            "validBefore", prepared.path("validBefore").stringValue(),
            "signature", sign(buyer, prepared.path("authorization"))));
    return body;
  }

  String open(DealTerms terms) throws Exception {
    return post("/deals", openBody(terms), 201).path("dealId").stringValue();
  }

  Map<String, Object> deliverBody(String leg, Hash32 work) throws Exception {
    JsonNode toSign = post(leg + "/deliver/prepare", Map.of("deliverable", work.hex()), 200);
    return Map.of(
        "deliverable", work.hex(), "uri", "ipfs://work", "signature", sign(seller, toSign));
  }

  Map<String, Object> acceptBody(String leg, int rating) throws Exception {
    JsonNode toSign = post(leg + "/accept/prepare", Map.of("rating", rating), 200);
    return Map.of("rating", rating, "signature", sign(buyer, toSign));
  }

  JsonNode deliver(String leg, Hash32 work) throws Exception {
    return post(leg + "/deliver", deliverBody(leg, work), 200);
  }

  JsonNode accept(String leg, int rating) throws Exception {
    return post(leg + "/accept", acceptBody(leg, rating), 200);
  }

  JsonNode lapse(String leg) throws Exception {
    return post(leg + "/lapse", Map.of(), 200);
  }

  JsonNode post(String path, Object body, int status) throws Exception {
    return post(path, StrictJson.write(body), status);
  }

  JsonNode post(String path, byte[] body, int status) throws Exception {
    HttpRequest request = request(path, body).build();
    boolean done = status == 200 || status == 201;
    return done ? sendUntilDone(request, status) : send(request, status);
  }

  /** What is not on record yet is asked for again, as any client does. */
  private JsonNode sendUntilDone(HttpRequest request, int status) throws Exception {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    for (int tries = 0; tries < RETRIES && response.statusCode() == 202; tries++) {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
    return body(request, response, status);
  }

  /** Asks again while the answer is that the same request may be made again. */
  JsonNode postUntil(String path, Object body, int status) throws Exception {
    HttpRequest request = request(path, StrictJson.write(body)).build();
    for (int tries = 0; tries < RETRIES; tries++) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = StrictJson.readTree(response.body());
      if (response.statusCode() == status) {
        return answer;
      }
      assertThat(response.statusCode() == 202 || answer.path("retryable").booleanValue())
          .as("%s", answer)
          .isTrue();
    }
    throw new AssertionError("not on record after %d tries: %s".formatted(RETRIES, path));
  }

  JsonNode postUnder(String key, String path, Object body, int status) throws Exception {
    return send(
        request(path, StrictJson.write(body)).header("Idempotency-Key", key).build(), status);
  }

  private HttpRequest.Builder request(String path, byte[] body) {
    return HttpRequest.newBuilder(URI.create(host.uri() + path))
        .header("Content-Type", "application/json")
        .timeout(PATIENCE)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  JsonNode get(String path, int status) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(host.uri() + path)).timeout(PATIENCE).build(), status);
  }

  /** A problem with this code, which says what is wrong. */
  JsonNode refused(String path, Object body, int status, String code) throws Exception {
    return problem(post(path, body, status), status, code);
  }

  JsonNode refusedGet(String path, int status, String code) throws Exception {
    return problem(get(path, status), status, code);
  }

  static JsonNode problem(JsonNode problem, int status, String code) {
    assertThat(problem.path("code").stringValue()).as("%s", problem).isEqualTo(code);
    assertThat(problem.path("type").stringValue()).isEqualTo("urn:earnest:problem:" + code);
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("title").stringValue()).isNotBlank();
    assertThat(problem.path("detail").stringValue()).isNotBlank();
    assertThat(problem.path("traceId").stringValue()).isNotBlank();
    assertThat(problem.path("retryable").isBoolean()).isTrue();
    return problem;
  }

  /** The path of a deal's first leg. */
  static String leg(String deal) {
    return leg(deal, 0);
  }

  static String leg(String deal, int leg) {
    return "/deals/" + deal + "/legs/" + leg;
  }

  static String sign(LocalSigner signer, JsonNode toSign) {
    return Hex.encode(signer.sign(new Hash32(toSign.path("digest").stringValue())));
  }

  private JsonNode send(HttpRequest request, int status) throws IOException, InterruptedException {
    return body(request, http.send(request, HttpResponse.BodyHandlers.ofByteArray()), status);
  }

  private static JsonNode body(HttpRequest request, HttpResponse<byte[]> response, int status) {
    JsonNode body = StrictJson.readTree(response.body());
    assertThat(response.statusCode()).as("%s %s", request.uri(), body).isEqualTo(status);
    if (status >= 400) {
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
    return body;
  }
}
