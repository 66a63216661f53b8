package org.earnest.did.webvh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.fetch.DocumentFetcher;
import org.earnest.did.fetch.DocumentFetcher.Answer;

/** A web with the files that were published on it. */
final class WebvhFixture {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private final Map<URI, String> files = new HashMap<>();

  WebvhFixture publish(String path, String text) {
    files.put(URI.create("https://" + LogWriter.HOST + "/" + path), text);
    return this;
  }

  static WebvhFixture of(LogWriter log) {
    return new WebvhFixture().publish(".well-known/did.jsonl", log.text());
  }

  WebvhFixture witnessed(String proofs) {
    return publish(".well-known/did-witness.json", proofs);
  }

  WebvhDidMethod method() {
    DocumentFetcher web =
        (uri, accept) ->
            files.containsKey(uri)
                ? new Answer.Received(200, Optional.of("text/jsonl"), files.get(uri))
                : new Answer.Received(404, Optional.empty(), "");
    return new WebvhDidMethod(web, () -> NOW);
  }

  DidResolution resolve(String did) {
    return method().resolve(new Did(did), ResolutionOptions.NONE);
  }

  DidResolution.Resolved resolved(String did) {
    DidResolution resolution = resolve(did);
    assertThat(resolution).isInstanceOf(DidResolution.Resolved.class);
    return (DidResolution.Resolved) resolution;
  }

  void assertInvalid(String did, String why) {
    assertThat(resolve(did))
        .isInstanceOfSatisfying(
            DidResolution.Refused.class,
            refused -> {
              assertThat(refused.error()).isEqualTo(ErrorType.INVALID_DID);
              assertThat(refused.detail()).contains(why);
            });
  }
}
