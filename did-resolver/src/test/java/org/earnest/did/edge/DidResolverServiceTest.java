package org.earnest.did.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.did.jwk.JwkDidMethod;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.kit.json.StrictJson;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DidResolverServiceTest {
  private static final String KEY = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
  private static final String RESULT = "application/did-resolution";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static Host host;

  private static DidResolver resolver() {
    return new CompositeDidResolver(
        List.of(
            new KeyDidMethod(),
            new JwkDidMethod(),
            new PkhDidMethod(),
            new EthrDidMethod(List.of(EthrNetwork.withoutRegistry(Caip2ChainId.eip155(31_337))))));
  }

  @BeforeAll
  static void start() {
    host = Host.builder().mount(new DidResolverService(resolver())).start();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static HttpResponse<String> get(Host at, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(at.uri() + "/1.0/identifiers/" + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return StrictJson.readTree(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String contentType(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("none");
  }

  private static void assertError(HttpResponse<String> response, int status, String name) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode body = json(response);
    assertThat(body.get("didDocument").isNull()).isTrue();
    assertThat(body.get("didDocumentMetadata").isObject()).isTrue();
    assertThat(body.at("/didResolutionMetadata/error/type").stringValue())
        .isEqualTo("https://www.w3.org/ns/did#" + name);
    assertThat(body.at("/didResolutionMetadata/error/detail").stringValue()).isNotBlank();
  }

  @Test
  void theDocumentOfItsRoutesIsTrue() {
    assertThat(OpenApiAgreement.differences(new DidResolverService(resolver()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        "did:pkh:eip155:1:0xb9c5714089478a327f09197987f16f9e5d936e8a",
        "did:ethr:0x7a69:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
      })
  void answersTheWholeResult(String did) throws Exception {
    for (String path : List.of(did, URLEncoder.encode(did, StandardCharsets.UTF_8))) {
      HttpResponse<String> response = get(host, path, "Accept", RESULT);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode body = json(response);
      assertThat(contentType(response))
          .startsWith(body.at("/didResolutionMetadata/contentType").stringValue());
      assertThat(body.at("/didResolutionMetadata/contentType").stringValue())
          .isEqualTo("application/did");
      assertThat(body.at("/didDocument/id").stringValue()).isEqualTo(did);
      assertThat(body.get("didDocumentMetadata").isObject()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/did | application/did",
        "application/did+ld+json | application/did+ld+json",
        "application/did+json | application/did+json",
        "application/json | application/json",
        "text/html, application/json;q=0.5, application/did;q=0.4 | application/json",
        "application/did;q=0.4, application/did+json;q=0.5 | application/did+json",
        "application/did-resolution;q=0, application/did | application/did",
      })
  void answersTheDocumentAlone(String accept, String expected) throws Exception {
    HttpResponse<String> response = get(host, KEY, "Accept", accept);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(contentType(response)).startsWith(expected);
    assertThat(json(response).get("id").stringValue()).isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "APPLICATION/DID-RESOLUTION",
        "application/ld+json;profile=\"https://w3id.org/did-resolution\"",
        "application/did-resolution, application/did;q=0.9",
      })
  void answersTheWholeResultToWhoeverAsksSo(String accept) throws Exception {
    HttpResponse<String> response = get(host, KEY, "Accept", accept);
    assertThat(contentType(response)).startsWith(RESULT);
    assertThat(json(response).has("didDocument")).isTrue();
  }

  @Test
  void withoutAcceptAnswersTheWholeResult() throws Exception {
    assertThat(contentType(get(host, KEY))).startsWith(RESULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "text/html", "application/did+cbor", "nonsense", ","})
  void namesARepresentationThatItDoesNotHave(String accept) throws Exception {
    HttpResponse<String> response = get(host, KEY, "Accept", accept);
    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(contentType(response)).startsWith("application/problem+json");
    assertThat(json(response).get("type").stringValue())
        .isEqualTo("https://www.w3.org/ns/did#REPRESENTATION_NOT_SUPPORTED");
  }

  @ParameterizedTest
  @CsvSource({
    "not-a-did, 400, INVALID_DID",
    "did:example, 400, INVALID_DID",
    "did:key:, 400, INVALID_DID",
    "did:key:z6Mk, 400, INVALID_DID",
    "DID:key:z6Mk, 400, INVALID_DID",
    "did:key:z6Mk%20, 400, INVALID_DID",
    "did:pkh:eip155:1:0x00, 400, INVALID_DID",
    "did:pkh:eip155:1:0xb9C5714089478a327F09197987f16f9E5d936E8a, 400, INVALID_DID",
    "did:ethr:0x7a69:0xF39fd6e51aad88F6F4ce6aB8827279cffFb92266, 400, INVALID_DID",
    "did:web:example.com, 501, METHOD_NOT_SUPPORTED",
    "did:web:localhost%253A8443, 501, METHOD_NOT_SUPPORTED",
    "did:ethr:0x1:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266, 501, FEATURE_NOT_SUPPORTED",
  })
  void namesWhatIsWrong(String path, int status, String name) throws Exception {
    assertError(get(host, path, "Accept", RESULT), status, name);
    HttpResponse<String> alone = get(host, path, "Accept", "application/did");
    assertThat(alone.statusCode()).isEqualTo(status);
    assertThat(contentType(alone)).startsWith("application/problem+json");
    assertThat(json(alone).get("type").stringValue()).endsWith("#" + name);
    assertThat(json(alone).get("code").stringValue()).isEqualToIgnoringCase(name);
  }

  @ParameterizedTest
  @CsvSource({
    "?versionId=1, 501, FEATURE_NOT_SUPPORTED",
    "?versionTime=2026-01-01T00:00:00Z, 501, FEATURE_NOT_SUPPORTED",
    "?versionTime=yesterday, 400, INVALID_OPTIONS",
    "?versionTime=2026-13-01T00:00:00Z, 400, INVALID_OPTIONS",
    "?versionTime=2026-01-01T00:00:00Z&versionId=1, 400, INVALID_OPTIONS",
    "?versionId=1&versionId=2, 400, INVALID_OPTIONS",
    "?noCache=maybe, 400, INVALID_OPTIONS",
    "?nonsense=1, 400, INVALID_OPTIONS",
    "%3Fnonsense=1, 400, INVALID_OPTIONS",
    "?hl=zm, 501, FEATURE_NOT_SUPPORTED",
    "?verificationRelationship=authentication, 501, FEATURE_NOT_SUPPORTED",
    "%23key-1, 404, NOT_FOUND",
    "%23key%231, 400, INVALID_DID_URL",
    "%23a%3Cb, 400, INVALID_DID_URL",
    "?versionId=%D0%9F, 400, INVALID_OPTIONS",
    "?service=%F0%9F%94%A5, 400, INVALID_OPTIONS",
    "?relativeRef=x, 400, INVALID_DID_URL",
    "/path, 404, NOT_FOUND",
  })
  void namesOptionsAndDidUrlsThatItDoesNotSupport(String rest, int status, String name)
      throws Exception {
    assertError(get(host, KEY + rest, "Accept", RESULT), status, name);
  }

  @Test
  void takesOptionsThatChangeNothing() throws Exception {
    for (String option : List.of("?expandRelativeUrls=true", "?noCache=true")) {
      assertThat(get(host, KEY + option).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOversizedDidIsRefused() throws Exception {
    assertError(get(host, "did:key:z" + "2".repeat(3_000), "Accept", RESULT), 400, "INVALID_DID");
  }

  @ParameterizedTest
  @EnumSource(ErrorType.class)
  void everyErrorHasItsStatus(ErrorType error) throws Exception {
    Did did = new Did("did:example:1");
    DidResolver refusing = new InMemoryDidResolver().refusing(did, error);
    try (Host other = Host.builder().mount(new DidResolverService(refusing)).start()) {
      HttpResponse<String> response = get(other, did.value());
      int expected =
          switch (error.name()) {
            case "INVALID_DID", "INVALID_DID_URL", "INVALID_OPTIONS" -> 400;
            case "NOT_FOUND" -> 404;
            case "REPRESENTATION_NOT_SUPPORTED" -> 406;
            case "METHOD_NOT_SUPPORTED", "FEATURE_NOT_SUPPORTED" -> 501;
            default -> 500;
          };
      assertError(response, expected, error.name());
      assertThat(json(response).at("/didResolutionMetadata/error/retryable").booleanValue())
          .isEqualTo(error == ErrorType.INTERNAL_ERROR);
      assertThat(response.headers().firstValue("Retry-After").isPresent())
          .isEqualTo(error == ErrorType.INTERNAL_ERROR);
    }
  }
}
