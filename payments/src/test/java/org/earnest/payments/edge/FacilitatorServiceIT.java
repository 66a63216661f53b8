package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireJson;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The facilitator's HTTP face. */
class FacilitatorServiceIT extends OnChain {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theDocumentAndTheRoutesAgree() {
    assertThat(OpenApiAgreement.differences(world.facilitator)).isEmpty();
  }

  @Test
  void itSaysWhatItSupports() throws Exception {
    JsonNode supported = body(get("/supported"), 200);

    assertThat(supported)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"kinds":[{"x402Version":2,"scheme":"exact","network":"eip155:31337"}],
                     "extensions":["bazaar"],"signers":{"eip155:*":["%s"]}}
                    """
                        .formatted(world.submitter.sender())));
  }

  @Test
  void aSettlementCanBeLookedUp() throws Exception {
    FacilitatorRequest payment = buyer.payment(offer);
    SettleResponse settled = facilitator(world.facilitatorUri()).settle(payment);

    JsonNode found = body(get("/settlements/" + Payments.read(payment).key().id()), 200);

    assertThat(found.path("state").stringValue()).isEqualTo("settled");
    assertThat(found.path("transaction").stringValue()).isEqualTo(settled.transaction());
    assertThat(found.path("amount").stringValue()).isEqualTo("1000");
    assertThat(code(get("/settlements/0x" + "00".repeat(32)), 404)).isEqualTo("settlement_unknown");
    assertThat(code(get("/settlements/nonsense"), 400)).isEqualTo("invalid_request");
  }

  @Test
  void whatWasSoldIsListedWhereItsSellerAsksForIt() throws Exception {
    HttpFacilitator facilitator = new HttpFacilitator(world.facilitatorUri(), http);
    String title = "q" + buyer.address().hex().substring(2, 10);
    FacilitatorRequest silent = buyer.payment(offer);
    FacilitatorRequest open =
        asking(buyer.payment(offer), "https://Shop.example/" + title + "?who=me#x");
    FacilitatorRequest odd = asking(buyer.payment(offer), "ftp://shop.example/" + title);
    Payments.settle(facilitator, silent);
    Payments.settle(facilitator, odd);
    assertThat(Payments.settle(facilitator, open).success()).isTrue();

    JsonNode listed = body(get("/discovery/resources?type=http&limit=1"), 200);
    JsonNode found = body(get("/discovery/search?query=" + title + "+A+quote"), 200);
    JsonNode other = body(get("/discovery/search?query=" + title + "&type=mcp"), 200);

    JsonNode item = listed.path("items").path(0);
    assertThat(item.path("resource").stringValue()).isEqualTo("https://Shop.example/" + title);
    assertThat(item.path("type").stringValue()).isEqualTo("http");
    assertThat(item.path("accepts").path(0).path("payTo").stringValue())
        .isEqualTo(World.SELLER.hex());
    assertThat(item.path("lastUpdated").stringValue()).isNotEmpty();
    assertThat(listed.path("pagination").path("limit").intValue()).isEqualTo(1);
    assertThat(listed.path("pagination").path("total").intValue()).isEqualTo(1);
    assertThat(found.path("resources").path(0)).isEqualTo(item);
    assertThat(other.path("resources").size()).isZero();
    assertThat(code(get("/discovery/resources?limit=101"), 400)).isEqualTo("invalid_request");
    assertThat(code(get("/discovery/resources?offset=-1"), 400)).isEqualTo("invalid_request");
  }

  /** The address is no part of what is signed: one payment must not list the whole world. */
  @Test
  void aPaymentIsListedOnceUnderWhateverWords() throws Exception {
    HttpFacilitator facilitator = new HttpFacilitator(world.facilitatorUri(), http);
    String title = "r" + buyer.address().hex().substring(2, 10);
    FacilitatorRequest payment = buyer.payment(offer);
    FacilitatorRequest first = asking(payment, "https://shop.example/" + title, "a\u0000b");
    FacilitatorRequest second = asking(payment, "https://shop.example/" + title + "/2", "ab");

    assertThat(Payments.settle(facilitator, first).success()).isTrue();
    assertThat(Payments.settle(facilitator, second).success()).isTrue();

    JsonNode found = body(get("/discovery/search?query=" + title), 200).path("resources");
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.path(0).path("resource").stringValue())
        .isEqualTo("https://shop.example/" + title);
  }

  private static FacilitatorRequest asking(FacilitatorRequest request, String url, String words) {
    ObjectNode json = WireJson.read(WireJson.write(asking(request, url).payment()));
    ((ObjectNode) json.path("resource")).put("description", words);
    return FacilitatorRequest.of(PaymentPayload.parse(json), request.requirements());
  }

  /** The same payment, for this address, of a seller that asks to be found. */
  private static FacilitatorRequest asking(FacilitatorRequest request, String url) {
    ObjectNode json = WireJson.read(WireJson.write(request.payment()));
    ((ObjectNode) json.path("resource")).put("url", url);
    json.putObject("extensions")
        .putObject("bazaar")
        .putObject("info")
        .putObject("input")
        .put("type", "http");
    return FacilitatorRequest.of(PaymentPayload.parse(json), request.requirements());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"x402Version\":1}",
        "{\"x402Version\":2,\"x402Version\":2}"
      })
  void aBodyThatIsNoRequestIsAProblem(String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThat(code(post("/verify", bytes), 400)).isEqualTo("malformed_x402");
    assertThat(code(post("/settle", bytes), 400)).isEqualTo("malformed_x402");
  }

  @Test
  void aBodyThatIsTooLongIsAProblem() throws Exception {
    byte[] withinTheHosts = "x".repeat(WireJson.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);
    byte[] beyond = new byte[2 * 1024 * 1024];

    assertThat(code(post("/settle", withinTheHosts), 400)).isEqualTo("malformed_x402");
    assertThat(code(post("/settle", beyond), 413)).isEqualTo("body_too_large");
  }

  @Test
  void aNodeThatFailsIsAProblemThatMayPass() throws Exception {
    FacilitatorRequest payment = buyer.payment(offer);
    Facilitator facilitator = facilitator(world.facilitatorUri());
    world.proxy.failNext("eth_call", RpcFault.DROPPED_BEFORE, RpcFault.BAD_GATEWAY);

    JsonNode problem = body(post("/verify", WireJson.write(payment)), 503);
    assertThatThrownBy(() -> facilitator.settle(payment))
        .isInstanceOf(FacilitatorUnavailableException.class);

    assertThat(problem.path("code").stringValue()).isEqualTo("chain_unavailable");
    assertThat(problem.path("retryable").booleanValue()).isTrue();
    assertThat(spent()).isZero();
    assertThat(facilitator.settle(payment).success()).isTrue();
    assertThat(spent()).isEqualTo(PRICE);
  }

  private Facilitator facilitator(URI host) {
    return new HttpFacilitator(host, http, World.ANSWER_PATIENCE);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(world.facilitatorUri() + path)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(world.facilitatorUri() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String code(HttpResponse<String> response, int status) {
    JsonNode problem = body(response, status);
    assertThat(problem.path("detail").stringValue()).isNotEmpty();
    return problem.path("code").stringValue();
  }

  private static JsonNode body(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(response.body());
  }
}
