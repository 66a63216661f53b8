package org.earnest.did.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.did.ethr.RegistryInMemory;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the public suite for DID Resolution asserts ({@code did-resolution-mocha-test-suite}, its
 * parts on parameters, resolution and bindings), asked in the same way of our endpoint.
 */
class PublicSuiteTest {
  private static final String RESULT = "application/did-resolution";
  private static final String ACCOUNT = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
  private static final String GIVEN_UP = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
  private static final String ETHR = "did:ethr:0x7a69:" + ACCOUNT;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static Host host;

  @BeforeAll
  static void start() {
    RegistryInMemory chain = new RegistryInMemory(Caip2ChainId.eip155(31_337));
    chain.mine();
    chain.changeOwner(new EvmAddress(GIVEN_UP), EvmAddress.ZERO);
    host =
        Host.builder()
            .mount(
                new DidResolverService(
                    new CompositeDidResolver(
                        List.of(
                            new KeyDidMethod(),
                            new PkhDidMethod(),
                            new EthrDidMethod(
                                List.of(
                                    EthrNetwork.withRegistry(RegistryInMemory.REGISTRY, chain)))))))
            .start();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  static List<String> valid() {
    return List.of(
        ETHR,
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "did:pkh:eip155:1:" + ACCOUNT);
  }

  private static HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.uri() + "/1.0/identifiers/" + path));
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int status(String did, String parameter, String value) throws Exception {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    return get(did + "?" + parameter + "=" + encoded, "*/*").statusCode();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return StrictJson.readTree(response.body().getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aValidDidHasAWholeResult(String did) throws Exception {
    String encoded = URLEncoder.encode(did, StandardCharsets.UTF_8);
    for (String accept : List.of("*/*", RESULT)) {
      for (String path : List.of(did, encoded)) {
        HttpResponse<String> response = get(path, accept);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains(RESULT);
        JsonNode result = json(response);
        assertThat(result.path("didResolutionMetadata").isObject()).isTrue();
        assertThat(result.at("/didResolutionMetadata/contentType").stringValue())
            .isEqualTo("application/did");
        assertThat(result.at("/didDocument/id").stringValue()).isEqualTo(did);
        assertThat(result.path("didDocumentMetadata").isObject()).isTrue();
      }
    }
    for (String type : List.of("application/did+json", "application/did+ld+json")) {
      JsonNode document = json(get(did, type));
      assertThat(document.has("id")).isTrue();
      assertThat(document.has("didResolutionMetadata")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not-a-did", "did:example"})
  void whatIsNoDidIsABadRequest(String text) throws Exception {
    for (String accept : List.of("*/*", RESULT)) {
      HttpResponse<String> response = get(text, accept);
      assertThat(response.statusCode()).isEqualTo(400);
      JsonNode result = json(response);
      assertThat(result.at("/didResolutionMetadata/error/type").stringValue())
          .isEqualTo("https://www.w3.org/ns/did#INVALID_DID");
      assertThat(result.path("didDocument").isNull()).isTrue();
      assertThat(result.path("didDocumentMetadata").isObject()).isTrue();
    }
  }

  @Test
  void theOtherErrorsHaveTheirStatus() throws Exception {
    HttpResponse<String> unsupported = get("did:unsupported:123456789abcdefghi", RESULT);
    assertThat(unsupported.statusCode()).isEqualTo(501);
    assertThat(json(unsupported).at("/didResolutionMetadata/error/type").stringValue())
        .isEqualTo("https://www.w3.org/ns/did#METHOD_NOT_SUPPORTED");
    assertThat(get(ETHR, "application/x-unsupported-did-representation-99999").statusCode())
        .isEqualTo(406);
    HttpResponse<String> gone = get("did:ethr:0x7a69:" + GIVEN_UP, RESULT);
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(json(gone).path("didDocument").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept",
        "service",
        "serviceType",
        "relativeRef",
        "versionId",
        "versionTime",
        "hl"
      })
  void aParameterIsAscii(String parameter) throws Exception {
    for (String bad :
        List.of("\ud83d\udd25\ud83d\udca5", "Привет", "こんにちは", "مرحبا", "foo\u200bbar")) {
      assertThat(status(ETHR, parameter, bad)).as(bad).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "service, linkedDomain, 200",
    "service, LinkedDomain, 200",
    "relativeRef, my path/file, 400",
    "relativeRef, file#section, 400",
    "relativeRef, dir/with?query=value, 400",
    "versionTime, 2023-11-14T22:13:25Z, 200",
    "versionTime, 2025-10-07 12:30:45, 400",
    "versionTime, 2025/10/07T12:30:45, 400",
    "versionTime, 2025-13-07T12:30:45, 400",
    "versionTime, 2025-10-32T12:30:45, 400",
    "versionTime, 2025-10-07T25:00:00, 400",
    "versionTime, 2025-10-07T12:30:60, 400",
    "versionTime, 2025-10-07T12:30:45+24:00, 400",
    "versionTime, 2025-10-07, 400",
    "versionTime, 2025-10-07T12:30:45abc, 400",
    "versionTime, T12:30:45, 400",
    "versionTime, 2025-10-07T00:00:00+02:00, 400",
    "versionTime, 2025-10-07T00:00:00-05:00, 400",
    "versionTime, 2025-10-07T00:00:00, 400",
    "versionTime, 2025-10-07T00:00:00.123Z, 400",
    "versionTime, 2025-10-07T00:00:00.999+01:00, 400",
    // Here the suite wants 200; the specification has relativeRef beside service alone.
    "relativeRef, my%20path/file, 400",
  })
  void aParameterHasItsForm(String parameter, String value, int status) throws Exception {
    assertThat(status(ETHR, parameter, value)).isEqualTo(status);
  }

  @Test
  void aFragmentHasAWholeDereferencingResult() throws Exception {
    String type = "application/did-url-dereferencing";
    HttpResponse<String> response = get(ETHR + "%23controller", type);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains(type);
    JsonNode result = json(response);
    assertThat(result.path("dereferencingMetadata").isObject()).isTrue();
    assertThat(result.at("/content/id").stringValue()).isEqualTo(ETHR + "#controller");
    assertThat(result.path("contentMetadata").isObject()).isTrue();
  }
}
