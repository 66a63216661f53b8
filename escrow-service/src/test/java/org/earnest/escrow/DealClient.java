package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("terms", TermsJson.write(terms));
    body.put("payeeSignatures", List.of(sign(seller, prepared.path("deal"))));
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

  Map<String, Object> deliverBody(String deal, Hash32 work) throws Exception {
    JsonNode toSign = post(leg(deal) + "/deliver/prepare", Map.of("deliverable", work.hex()), 200);
    return Map.of(
        "deliverable", work.hex(), "uri", "ipfs://work", "signature", sign(seller, toSign));
  }

  Map<String, Object> acceptBody(String deal, int rating) throws Exception {
    JsonNode toSign = post(leg(deal) + "/accept/prepare", Map.of("rating", rating), 200);
    return Map.of("rating", rating, "signature", sign(buyer, toSign));
  }

  JsonNode post(String path, Object body, int status) throws Exception {
    return post(path, StrictJson.write(body), status);
  }

  JsonNode post(String path, byte[] body, int status) throws Exception {
    return send(request(path, body).build(), status);
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
    return send(HttpRequest.newBuilder(URI.create(host.uri() + path)).build(), status);
  }

  void refused(String path, Object body, int status, String code) throws Exception {
    assertThat(post(path, body, status).path("code").stringValue()).as(path).isEqualTo(code);
  }

  static String leg(String deal) {
    return "/deals/" + deal + "/legs/0";
  }

  static String sign(LocalSigner signer, JsonNode toSign) {
    return Hex.encode(signer.sign(new Hash32(toSign.path("digest").stringValue())));
  }

  private JsonNode send(HttpRequest request, int status) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = StrictJson.readTree(response.body());
    assertThat(response.statusCode()).as("%s %s", request.uri(), body).isEqualTo(status);
    return body;
  }
}
