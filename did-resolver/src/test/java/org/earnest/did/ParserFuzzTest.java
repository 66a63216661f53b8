package org.earnest.did;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.did.jwk.JwkDidMethod;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.webvh.WebvhDidMethod;
import tools.jackson.databind.node.ObjectNode;

/**
 * What strangers write, made up by Jazzer: nothing but the refusals that are documented may come of
 * it. Without {@code JAZZER_FUZZ=1} the inputs that were found and kept are played again.
 */
class ParserFuzzTest {
  private static final String SCID = "QmNMZ4jKDq5wjRkNVnHRnkcTs1VGMpwrgPZ1AhcWAYfBK8";
  private static final Pattern CLAIMED = Pattern.compile("Qm[1-9A-HJ-NP-Za-km-z]{44}");

  @FuzzTest
  void did(byte[] input) {
    String text = new String(input, ISO_8859_1);
    Did did;
    try {
      did = new Did(text);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat("did:" + did.method() + ":" + did.methodSpecificId()).isEqualTo(text);
    if (did.method().equals("key")) {
      assertAnswered(new KeyDidMethod().resolve(did, ResolutionOptions.NONE), did);
    }
    if (did.method().equals("jwk")) {
      assertAnswered(new JwkDidMethod().resolve(did, ResolutionOptions.NONE), did);
    }
  }

  private static void assertAnswered(DidResolution answer, Did did) {
    switch (answer) {
      case DidResolution.Resolved resolved -> assertThat(resolved.document().id()).isEqualTo(did);
      case DidResolution.Refused refused -> assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void didUrl(byte[] input) {
    String text = new String(input, ISO_8859_1);
    try {
      assertThat(DidUrl.parse(text).toString()).isEqualTo(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @FuzzTest
  void document(byte[] input) {
    Did did = new Did("did:web:a.example");
    try {
      ObjectNode json = StrictJsonDocument.read(input);
      assertThat(DidDocumentReader.read(json, did).id()).isEqualTo(did);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @FuzzTest
  void log(byte[] input) {
    String text = new String(input, UTF_8);
    WebvhDidMethod method =
        new WebvhDidMethod(
            (uri, accept) -> new Answer.Received(200, Optional.of("text/jsonl"), text),
            () -> Instant.parse("2026-06-01T00:00:00Z"));
    Matcher claimed = CLAIMED.matcher(text);
    Did did = new Did("did:webvh:" + (claimed.find() ? claimed.group() : SCID) + ":agent.example");
    assertAnswered(method.resolve(did, ResolutionOptions.NONE), did);
  }
}
