package org.earnest.did.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.edge.DidResolverService;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.did.ethr.RegistryInMemory;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.web.WebDidMethod;
import org.earnest.did.webvh.WebvhDidMethod;
import org.earnest.kit.http.Host;
import org.earnest.testkit.did.DidVectors;
import org.earnest.testkit.did.WebvhKinds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything bad that can be asked for or published: the error that the specification names for it,
 * and nothing remembered that anybody else would be answered with.
 */
class BadInputTest {
  private static final String KEY = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
  private static final String VICTIM = "did:web:victim.example";
  private static final String HOST = "bad.example";
  private static final String WEB = "did:web:" + HOST;
  private static final EvmAddress BUSY = new EvmAddress("0x" + "ab".repeat(20));
  private static final int TOO_MANY = 1_001;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, Answer> web = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final RegistryInMemory chain = new RegistryInMemory(Caip2ChainId.eip155(31_337));

  /** What is published at {@link #HOST}, what is asked, and what must come of it. */
  record Bad(String name, Answer published, String identifier, ErrorType error) {
    static Bad identifier(String identifier, ErrorType error) {
      String shown = identifier.length() > 40 ? identifier.length() + " characters" : identifier;
      return new Bad(shown, new Answer.Unavailable("not asked"), identifier, error);
    }

    static Bad document(String name, Answer published, ErrorType error) {
      return new Bad(name, published, WEB, error);
    }

    @Override
    public String toString() {
      return name + " is " + error;
    }
  }

  static Stream<Bad> table() {
    return Stream.of(dids(), didUrls(), methods(), documents(), answers(), logs())
        .flatMap(part -> part);
  }

  /** Every way to miss the rule {@code did} of DID Core §3.1. */
  private static Stream<Bad> dids() {
    return Stream.of(
            "did",
            "did:",
            "did:key",
            "did:key:",
            "did::x",
            "did:key:a:",
            "did:key::",
            "DID:key:x",
            "Did:key:x",
            "did:Key:x",
            "did:k-y:x",
            "did:k_y:x",
            "did:k%65y:x",
            "did:kéy:x",
            "did:key:é",
            "did:key:a b",
            " did:key:x",
            "did:key:x ",
            "did:key:%",
            "did:key:%2",
            "did:key:%2g",
            "did:key:<x>",
            "did:key:a@b",
            "did:key:a,b",
            "did:key:a;b",
            "did:key:[::1]",
            "not-a-did",
            "urn:did:key:x",
            "did:key:z6Mk",
            "did:web:127.0.0.1",
            "did:web:bad.example:..:a",
            "did:ethr:0x7a69:0x00",
            "did:webvh:bad.example",
            "did:key:" + "z".repeat(Did.MAX_LENGTH))
        .map(did -> Bad.identifier(did, ErrorType.INVALID_DID));
  }

  private static Stream<Bad> didUrls() {
    return Stream.of(
            KEY + "#a#b",
            KEY + "#a b",
            KEY + "#é",
            KEY + "?%",
            KEY + "/a b",
            "did:key:/x",
            "did:x?y")
        .map(url -> Bad.identifier(url, ErrorType.INVALID_DID_URL));
  }

  private static Stream<Bad> methods() {
    return Stream.of(
        Bad.identifier("did:unheard:of", ErrorType.METHOD_NOT_SUPPORTED),
        Bad.identifier("did:example:123456789abcdefghi", ErrorType.METHOD_NOT_SUPPORTED),
        // Switched off here.
        Bad.identifier("did:jwk:e30", ErrorType.METHOD_NOT_SUPPORTED),
        Bad.identifier("did:pkh:eip155:1:" + BUSY, ErrorType.METHOD_NOT_SUPPORTED),
        Bad.identifier("did:ethr:0x1:" + BUSY, ErrorType.FEATURE_NOT_SUPPORTED),
        Bad.identifier("did:ethr:0x7a69:" + BUSY, ErrorType.FEATURE_NOT_SUPPORTED),
        Bad.identifier(KEY + "?versionId=1", ErrorType.FEATURE_NOT_SUPPORTED),
        Bad.identifier(KEY + "?versionTime=soon", ErrorType.INVALID_OPTIONS),
        Bad.identifier(KEY + "/path", ErrorType.NOT_FOUND));
  }

  private static Stream<Bad> documents() {
    String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
    String good = document(WEB);
    return Stream.of(
            document(VICTIM),
            document(WEB).replace("bad.example\"", "bad.example#x\""),
            good.replace("{", "{\"id\": \"" + VICTIM + "\","),
            good.replace("{", "{\"deep\": " + deep + ","),
            good.replace("{", "{\"large\": \"" + "a".repeat(300_000) + "\","),
            good.replace("}", ""),
            good.replace("\"id\"", "\"name\""),
            "[" + good + "]",
            "",
            "null",
            "<html>")
        .map(text -> new Answer.Received(200, Optional.of("application/json"), text))
        .map(answer -> Bad.document(shown(answer.body()), answer, ErrorType.INVALID_DID_DOCUMENT));
  }

  private static String shown(String body) {
    return "document " + body.substring(0, Math.min(body.length(), 40)).replaceAll("\\s+", " ");
  }

  private static Stream<Bad> answers() {
    return Stream.of(
        Bad.document("text/html", typed("text/html"), ErrorType.INVALID_DID_DOCUMENT),
        Bad.document("image/png", typed("image/png"), ErrorType.INVALID_DID_DOCUMENT),
        Bad.document("type nonsense", typed("nonsense"), ErrorType.INVALID_DID_DOCUMENT),
        Bad.document(
            "no type",
            new Answer.Received(200, Optional.empty(), document(WEB)),
            ErrorType.INVALID_DID_DOCUMENT),
        Bad.document("404", status(404), ErrorType.NOT_FOUND),
        Bad.document("410", status(410), ErrorType.NOT_FOUND),
        Bad.document("500", status(500), ErrorType.INTERNAL_ERROR),
        Bad.document("302", status(302), ErrorType.INTERNAL_ERROR),
        Bad.document("time-out", new Answer.Unavailable("timed out"), ErrorType.INTERNAL_ERROR),
        Bad.document(
            "redirect to a private address",
            new Answer.Forbidden("10.0.0.1 is no public address"),
            ErrorType.NOT_FOUND),
        Bad.document(
            "a megabyte", new Answer.Unreadable("too large"), ErrorType.INVALID_DID_DOCUMENT));
  }

  private static Stream<Bad> logs() {
    return WebvhKinds.read().hostile().stream()
        .map(
            kind ->
                new Bad("webvh " + kind.name(), status(404), kind.did(), ErrorType.INVALID_DID));
  }

  private static Answer typed(String contentType) {
    return new Answer.Received(200, Optional.of(contentType), document(WEB));
  }

  private static Answer status(int status) {
    return new Answer.Received(status, Optional.of("application/json"), document(WEB));
  }

  private static String document(String did) {
    return "{\"id\": \"" + did + "\"}";
  }

  private CachingDidResolver resolver() {
    return new CachingDidResolver(
        new CompositeDidResolver(
            List.of(
                new KeyDidMethod(),
                new WebDidMethod((uri, accept) -> web.getOrDefault(uri.getHost(), status(404))),
                new WebvhDidMethod(
                    (uri, accept) -> web.getOrDefault(uri.toString(), status(404)),
                    () -> Instant.parse(DidVectors.NOW)),
                new EthrDidMethod(
                    List.of(EthrNetwork.withRegistry(RegistryInMemory.REGISTRY, chain))))),
        nanos::get);
  }

  private void publish(Bad bad) {
    web.put("victim.example", ok(VICTIM));
    web.put(HOST, bad.published);
    WebvhKinds.read().hostile().stream()
        .filter(kind -> bad.name.equals("webvh " + kind.name()))
        .forEach(
            kind ->
                kind.files()
                    .forEach(
                        (url, text) ->
                            web.put(url, new Answer.Received(200, Optional.empty(), text))));
    if (bad.identifier.endsWith(BUSY.hex())) {
      for (int i = 0; i < TOO_MANY; i++) {
        chain.mine();
        chain.changeOwner(BUSY, BUSY);
      }
    }
  }

  private static Answer ok(String did) {
    return new Answer.Received(200, Optional.of("application/json"), document(did));
  }

  @ParameterizedTest
  @MethodSource("table")
  void isRefusedByNameAndHarmsNobody(Bad bad) throws Exception {
    publish(bad);
    CachingDidResolver resolver = resolver();
    try (Host host = Host.builder().mount(new DidResolverService(resolver)).start()) {
      assertThat(error(host, bad.identifier)).isEqualTo(bad.error.type());
    }
    assertThat(resolver.resolve(new Did(VICTIM)))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            found -> assertThat(found.document().id().value()).isEqualTo(VICTIM));
    assertThat(resolver.resolve(new Did(KEY))).isInstanceOf(DidResolution.Resolved.class);
    if (bad.identifier.equals(WEB)) {
      // Mended: what was broken is asked again at once, what was refused is in a moment.
      web.put(HOST, ok(WEB));
      nanos.addAndGet(
          bad.error == ErrorType.INTERNAL_ERROR
              ? 1
              : CachingDidResolver.REFUSAL_LIFETIME.plus(Duration.ofNanos(1)).toNanos());
      assertThat(resolver.resolve(new Did(WEB))).isInstanceOf(DidResolution.Resolved.class);
    }
  }

  private static String error(Host host, String identifier) throws Exception {
    String path = URLEncoder.encode(identifier, StandardCharsets.UTF_8).replace("+", "%20");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host.uri() + "/1.0/identifiers/" + path))
            .header("Accept", "application/did-resolution")
            .build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    return JsonMapper.shared()
        .readTree(response.body())
        .at("/didResolutionMetadata/error/type")
        .asString("no error type in " + response.body());
  }
}
