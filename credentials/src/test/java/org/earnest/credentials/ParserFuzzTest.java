package org.earnest.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.EnvelopeFormat;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.sdjwt.DisclosedClaims;
import org.earnest.credentials.sdjwt.SdJwt;
import tools.jackson.databind.node.ObjectNode;

/**
 * What strangers write, made up by Jazzer: nothing but refusals may come of it. Without {@code
 * JAZZER_FUZZ=1} the inputs that were kept are played again.
 */
class ParserFuzzTest {
  private static final byte NEXT = '\n';
  private static final KnownContexts CONTEXTS = AgentContext.known().andInline();
  private static final LinkedData LINKED = new LinkedData(CONTEXTS);
  private static final CredentialFixture FIXTURE = new CredentialFixture();
  private static final CredentialVerifier VERIFIER =
      CredentialVerifier.builder(FIXTURE.resolver(), CONTEXTS, CredentialFixture.CLOCK)
          .envelopes(new Envelopes(List.<EnvelopeFormat>of(JwtEnvelope.values())))
          .build();

  @FuzzTest
  void credential(byte[] input) {
    switch (VERIFIER.verify(input)) {
      case VerificationOutcome.Verified verified ->
          assertThat(verified.credential().issuer()).isEqualTo(FIXTURE.issuer);
      case VerificationOutcome.Refused refused -> assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void linkedData(byte[] input) {
    try {
      ObjectNode document = SignableJson.read(input);
      String quads = new String(LINKED.canonicalize(document, "SHA-256"), UTF_8);
      assertThat(quads).matches(text -> text.isEmpty() || text.endsWith(" .\n"));
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void jwt(byte[] input) {
    try {
      JwtEnvelope.CREDENTIAL.open(new String(input, ISO_8859_1));
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  /** Header and payload, each on a line, which the fuzzer does not have to spell in base64url. */
  @FuzzTest
  void jwtParts(byte[] input) {
    List<byte[]> parts = lines(input);
    String signature = encode(new byte[64]);
    String compact = encode(parts.getFirst()) + "." + encode(parts.getLast()) + "." + signature;
    try {
      StrictJws jws = StrictJws.parse(compact, Set.of("vc+jwt", "vp+jwt"));
      assertThat(jws.header().path("typ").asString("")).endsWith("+jwt");
      JwtEnvelope.PRESENTATION.open(compact);
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void sdJwt(byte[] input) {
    String text = new String(input, ISO_8859_1);
    try {
      SdJwt read = SdJwt.parse(text);
      assertThat(SdJwt.parse(read.toString())).isEqualTo(read);
      assertThat(read.toString()).isEqualTo(text);
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  /** Claims, then disclosures, each on a line. */
  @FuzzTest
  void disclosures(byte[] input) {
    List<byte[]> parts = lines(input);
    try {
      ObjectNode payload = SignableJson.read(parts.getFirst());
      List<String> disclosures =
          parts.subList(1, parts.size()).stream().map(ParserFuzzTest::encode).toList();
      ObjectNode claims = DisclosedClaims.of(payload, disclosures);
      assertThat(claims.findValues("_sd")).isEmpty();
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  private static List<byte[]> lines(byte[] input) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= input.length; at++) {
      if (at == input.length || input[at] == NEXT) {
        lines.add(Arrays.copyOfRange(input, from, at));
        from = at + 1;
      }
    }
    return lines;
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
