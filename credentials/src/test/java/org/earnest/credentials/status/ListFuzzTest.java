package org.earnest.credentials.status;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.util.Base64;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Status lists and their entries, made up by Jazzer: nothing but refusals may come of them. Without
 * {@code JAZZER_FUZZ=1} the inputs that were kept are played again.
 */
class ListFuzzTest {
  private static final Did ISSUER = new Did("did:web:issuer.example");
  private static final URI URL = URI.create("https://issuer.example/list");

  @FuzzTest
  void entry(byte[] input) {
    try {
      BitstringEntry entry = BitstringEntry.parse(SignableJson.read(input));
      assertThat(entry.index()).isNotNegative();
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void bitstring(byte[] input) {
    try {
      assertBounded(BitstringList.of(ISSUER, SignableJson.read(input)).list());
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void token(byte[] input) {
    try {
      assertBounded(TokenList.of(ISSUER, SignableJson.read(input), URL).statuses());
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  /** What is unfolded: the bytes behind base64url, which the fuzzer does not have to spell. */
  @FuzzTest
  void compressed(byte[] input) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
    for (Compression compression : Compression.values()) {
      compression
          .read(text)
          .ifPresent(bytes -> assertThat(bytes.length).isLessThanOrEqualTo(Compression.MAX_BYTES));
      compression
          .read(new String(input, ISO_8859_1))
          .ifPresent(bytes -> assertThat(bytes.length).isLessThanOrEqualTo(Compression.MAX_BYTES));
    }
    ObjectNode claims = JsonNodeFactory.instance.objectNode().put("sub", URL.toString());
    claims.put("iat", 1).putObject("status_list").put("bits", 2).put("lst", text);
    try {
      assertBounded(TokenList.of(ISSUER, claims, URL).statuses());
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  private static void assertBounded(Statuses statuses) {
    assertThat(statuses.entries()).isBetween(0L, (long) Compression.MAX_BYTES * Byte.SIZE);
    if (statuses.entries() > 0) {
      assertThat(statuses.get(statuses.entries() - 1)).isNotNegative();
    }
  }
}
