package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.earnest.payments.testing.OnChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request that is good but for one member, to be verified and to be settled, over HTTP. */
class BadInputIT extends OnChain {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String AUTHORIZATION = "/paymentPayload/payload/authorization/";

  private ObjectNode request;
  private long transactions;

  @BeforeEach
  void good() {
    request = buyer.payment(offer).toJson();
    transactions = world.transactions();
  }

  @AfterEach
  void noGasWasSpent() {
    assertThat(world.transactions()).isEqualTo(transactions);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "value, \"-1\", invalid_payload",
        "value, 1000, invalid_payload",
        "value, \"1e3\", invalid_payload",
        "value, \"1157920892373161954235709850086879078532699846656405640394575840079131296399360\","
            + " invalid_payload",
        "value, \"999\", invalid_exact_evm_payload_authorization_value_mismatch",
        "to, \"0x1111111111111111111111111111111111111111\","
            + " invalid_exact_evm_recipient_mismatch",
        "from, \"nobody\", invalid_payload",
        "nonce, \"0x12\", invalid_payload",
        "validBefore, \"99999999999\", invalid_exact_evm_payload_authorization_valid_before",
        "validAfter, \"99999999999\", invalid_exact_evm_payload_authorization_valid_after",
        "validAfter, null, invalid_payload"
      })
  void anAuthorization(String member, String json, String reason) throws Exception {
    refused(AUTHORIZATION + member, json, reason);
  }

  @ParameterizedTest
  @CsvSource({"600, valid_after", "-600, valid_before"})
  void aClockTenMinutesOff(long seconds, String reason) throws Exception {
    String name = reason.equals("valid_after") ? "validAfter" : "validBefore";
    long then = Instant.now().getEpochSecond() + seconds;
    refused(
        AUTHORIZATION + name,
        "\"" + then + "\"",
        "invalid_exact_evm_payload_authorization_" + reason);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "/paymentPayload/payload/signature, \"0x\", invalid_payload",
        "/paymentPayload/payload/signature, \"0x1234\", invalid_exact_evm_signature",
        "/paymentPayload/payload, {}, unsupported_payload_type",
        "/paymentPayload/accepted/scheme, \"lottery\", invalid_exact_evm_scheme",
        "/paymentRequirements/scheme, \"lottery\", invalid_exact_evm_scheme",
        "/paymentRequirements/network, \"eip155:1\", invalid_exact_evm_network_mismatch",
        "/paymentRequirements/network, \"solana:x\", invalid_exact_evm_network_mismatch",
        "/paymentRequirements/asset, \"0x1111111111111111111111111111111111111111\","
            + " asset_mismatch",
        "/paymentRequirements/extra, {}, invalid_exact_evm_missing_eip712_domain"
      })
  void aPaymentOrAnOffer(String pointer, String json, String reason) throws Exception {
    refused(pointer, json, reason);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "/x402Version, 3",
        "/x402Version, \"2\"",
        "/paymentPayload/x402Version, 1",
        "/paymentPayload/payload, []",
        "/paymentPayload/accepted, null",
        "/paymentRequirements, 1",
        "/paymentRequirements/amount, \"-1\"",
        "/paymentRequirements/amount, 1.5",
        "/paymentRequirements/maxTimeoutSeconds, -1",
        "/paymentRequirements/extra, \"x\""
      })
  void whatIsNoRequest(String pointer, String json) throws Exception {
    change(pointer, json);
    for (String path : new String[] {"/verify", "/settle"}) {
      HttpResponse<String> answer = post(path);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(JsonMapper.shared().readTree(answer.body()).path("code").stringValue())
          .isEqualTo("malformed_x402");
    }
  }

  private void refused(String pointer, String json, String reason) throws Exception {
    change(pointer, json);
    JsonNode verdict = JsonMapper.shared().readTree(post("/verify").body());
    JsonNode settled = JsonMapper.shared().readTree(post("/settle").body());

    assertThat(verdict.path("isValid").booleanValue()).as(verdict.toString()).isFalse();
    assertThat(verdict.path("invalidReason").stringValue()).isEqualTo(reason);
    assertThat(settled.path("success").booleanValue()).as(settled.toString()).isFalse();
    assertThat(settled.path("errorReason").stringValue()).isEqualTo(reason);
  }

  private void change(String pointer, String json) {
    int last = pointer.lastIndexOf('/');
    ((ObjectNode) request.at(pointer.substring(0, last)))
        .set(pointer.substring(last + 1), JsonMapper.shared().readTree(json));
  }

  private HttpResponse<String> post(String path) throws Exception {
    HttpRequest asked =
        HttpRequest.newBuilder(URI.create(world.facilitatorUri() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.toString()))
            .build();
    return HTTP.send(asked, BodyHandlers.ofString());
  }
}
