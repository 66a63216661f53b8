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
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.did.web.WebDidMethod;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** DID URLs over HTTP (DID Resolution 1.0 §5 and §12.1). */
class DereferencingTest {
  private static final String DID = "did:web:agent.example";
  private static final String DOCUMENT =
      """
      {"id": "did:web:agent.example",
       "verificationMethod": [{"id": "#key", "type": "Multikey",
         "controller": "did:web:agent.example",
         "publicKeyMultibase": "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}],
       "service": [
         {"id": "#files", "type": "Files", "serviceEndpoint": "https://files.example/a/b?x=1"},
         {"id": "did:web:agent.example#many", "type": ["Hub", "Other"],
          "serviceEndpoint": ["https://one.example/", {"uri": "x"}, "https://two.example/"]},
         {"id": "#anchor", "type": "Anchor", "serviceEndpoint": "https://one.example/#top"},
         {"id": "#script", "type": "Script", "serviceEndpoint": "javascript:alert(1)"},
         {"id": "#map", "type": "Map", "serviceEndpoint": {"uri": "https://one.example"}}]}
      """;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static Host host;

  @BeforeAll
  static void start() {
    DidResolver web =
        new CompositeDidResolver(
            List.of(
                new WebDidMethod(
                    (uri, accept) ->
                        new Answer.Received(200, Optional.of("application/json"), DOCUMENT))));
    DidResolver resolver =
        (did, options) ->
            did.method().equals("gone") ? deactivated(web) : web.resolve(did, options);
    host = Host.builder().mount(new DidResolverService(resolver)).start();
  }

  private static DidResolution deactivated(DidResolver web) {
    DidResolution.Resolved resolved = (DidResolution.Resolved) web.resolve(new Did(DID));
    DidDocumentMetadata none = DidDocumentMetadata.NONE;
    return new DidResolution.Resolved(
        resolved.document(),
        new DidDocumentMetadata(
            true,
            none.created(),
            none.updated(),
            Optional.of("7"),
            none.nextUpdate(),
            none.nextVersionId(),
            none.ofMethod()),
        resolved.published());
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.uri() + "/1.0/identifiers/" + path));
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> encoded(String url, String accept) throws Exception {
    return get(URLEncoder.encode(url, StandardCharsets.UTF_8), accept);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return StrictJson.readTree(response.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFragmentIsAPartOfTheDocument() throws Exception {
    HttpResponse<String> whole = encoded(DID + "#key", "");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/did-url-dereferencing");
    assertThat(json(whole).at("/content/type").stringValue()).isEqualTo("Multikey");
    assertThat(json(whole).at("/dereferencingMetadata/contentType").stringValue())
        .isEqualTo("application/did");
    HttpResponse<String> alone = encoded(DID + "#files", "application/did");
    assertThat(json(alone).at("/type").stringValue()).isEqualTo("Files");
    assertThat(encoded(DID + "#key", "text/uri-list").statusCode()).isEqualTo(406);
    assertThat(encoded(DID + "#none", "").statusCode()).isEqualTo(404);
    assertThat(
            json(encoded(DID + "#none", "")).at("/dereferencingMetadata/error/type").stringValue())
        .isEqualTo("https://www.w3.org/ns/did#NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "?service=files, https://files.example/a/b?x=1",
    "?service=%23files, https://files.example/a/b?x=1",
    "?service=did:web:agent.example%23files, https://files.example/a/b?x=1",
    "?serviceType=Hub, https://one.example/",
    "?service=many&serviceType=Other, https://one.example/",
    "?service=files&relativeRef=%2Fc%3Fd, https://files.example/c?d",
    "?service=files&relativeRef=c, https://files.example/a/c",
    "?service=files&relativeRef=%3Fy, https://files.example/a/b?y",
    "?service=files&relativeRef=..%2F..%2F..%2Fc, https://files.example/c",
    "?service=files#intro, https://files.example/a/b?x=1#intro",
  })
  void aServiceIsARedirect(String rest, String location) throws Exception {
    for (String accept : List.of("text/uri-list", "text/uri-list, */*;q=0.1")) {
      HttpResponse<String> response = encoded(DID + rest, accept);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
      assertThat(response.headers().firstValue("Location")).hasValue(location);
      assertThat(response.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?service=none, 404",
    "?service=script, 404",
    "?service=map, 404",
    "?service=files&serviceType=Hub, 404",
    "?service=files&relativeRef=%2F%2Fevil.example, 400",
    "?service=files&relativeRef=https:%2F%2Fevil.example, 400",
    "?service=files&relativeRef=%20, 400",
    "?service=anchor#intro, 400",
  })
  void aServiceThatLeadsNowhereOrAstrayIsRefused(String rest, int status) throws Exception {
    assertThat(encoded(DID + rest, "text/uri-list").statusCode()).isEqualTo(status);
  }

  @Test
  void aServiceMayBeAskedForInOtherForms() throws Exception {
    for (String accept : List.of("", "*/*", "application/did-url-dereferencing")) {
      JsonNode result = json(encoded(DID + "?serviceType=Hub", accept));
      assertThat(result.at("/content/id").stringValue()).isEqualTo(DID);
      assertThat(result.at("/content/service")).hasSize(1);
      assertThat(result.at("/dereferencingMetadata/contentType").stringValue())
          .isEqualTo("application/did");
    }
    JsonNode document = json(encoded(DID + "?service=files", "application/did"));
    assertThat(document.path("service")).hasSize(1);
    assertThat(json(encoded(DID + "?service=none", "application/did")).path("service")).isEmpty();
    assertThat(get(DID + "?service=files", "text/uri-list").statusCode()).isEqualTo(303);
  }

  @Test
  void relativeUrlsAreWrittenOutOnDemand() throws Exception {
    assertThat(json(get(DID, "application/did")).at("/service/0/id").stringValue())
        .isEqualTo("#files");
    assertThat(
            json(get(DID + "?expandRelativeUrls=true", "application/did"))
                .at("/service/0/id")
                .stringValue())
        .isEqualTo(DID + "#files");
  }

  @Test
  void aDidThatWasGivenUpIsGone() throws Exception {
    for (String accept : List.of("application/did-resolution", "application/did", "")) {
      assertThat(get("did:gone:1", accept).statusCode()).isEqualTo(410);
    }
    JsonNode result = json(get("did:gone:1", ""));
    assertThat(result.path("didDocument").isNull()).isTrue();
    assertThat(result.at("/didDocumentMetadata/deactivated").booleanValue()).isTrue();
    assertThat(get("did:gone:1", "application/did").body()).isEmpty();
    assertThat(result.at("/didDocumentMetadata/versionId").stringValue()).isEqualTo("7");
    for (String accept : List.of("", "text/uri-list")) {
      HttpResponse<String> service = encoded("did:gone:1?service=files", accept);
      assertThat(service.statusCode()).isEqualTo(410);
      assertThat(service.headers().firstValue("Location")).isEmpty();
    }
  }
}
