package org.earnest.credentials.sdjwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.testkit.sdjwt.SdJwtVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The examples of RFC 9901 §5. */
class SdJwtVectorTest {
  private static final SdJwtVectors VECTORS = SdJwtVectors.rfc9901();

  static List<SdJwtVectors.Case> cases() {
    return VECTORS.cases();
  }

  private static SdJwt sdJwt(SdJwtVectors.Case vector) {
    return new SdJwt(
        VECTORS.issuerSigned(),
        vector.disclosures(),
        vector.keyBinding().map(SdJwtVectors.Bound::jwt));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theClaimsAreThoseOfTheSpecification(SdJwtVectors.Case vector) throws Exception {
    SdJwt parsed = SdJwt.parse(sdJwt(vector).toString());
    assertThat(parsed).isEqualTo(sdJwt(vector));
    StrictJws jws = StrictJws.parse(parsed.issued(), Set.of(VECTORS.type()));
    assertThat(jws.verifies(JwkKey.parse(VECTORS.issuerKey()).orElseThrow())).isTrue();
    JsonNode claims = DisclosedClaims.of(jws.payload(), parsed.disclosures());
    assertThat(claims).isEqualTo(vector.claims());
  }

  @Test
  void theHoldersProofOfTheSpecificationCounts() {
    SdJwtVectors.Case vector =
        VECTORS.cases().stream().filter(c -> c.keyBinding().isPresent()).findFirst().orElseThrow();
    SdJwtVectors.Bound bound = vector.keyBinding().orElseThrow();
    VerificationKey holder = JwkKey.parse(vector.claims().path("cnf").path("jwk")).orElseThrow();
    Instant then = Instant.ofEpochSecond(bound.iat());
    KeyBinding expected = new KeyBinding(bound.aud(), bound.nonce());
    assertThatCode(() -> expected.require(sdJwt(vector), holder, then)).doesNotThrowAnyException();
    SdJwt withdrawn =
        new SdJwt(
            VECTORS.issuerSigned(), vector.disclosures().subList(0, 2), Optional.of(bound.jwt()));
    assertThatThrownBy(() -> expected.require(withdrawn, holder, then))
        .isInstanceOf(InvalidCredentialException.class)
        .hasMessageContaining("sd_hash");
  }

  @Test
  void theHolderSelectsByPointer() throws Exception {
    SdJwtVectors.Case all = VECTORS.cases().get(1);
    SdJwt shown = sdJwt(all).disclose(Set.of("/given_name", "/nationalities/1")::contains);
    JsonNode claims =
        DisclosedClaims.of(
            StrictJws.parse(shown.issued(), Set.of(VECTORS.type())).payload(), shown.disclosures());
    assertThat(claims.path("given_name").asString()).isEqualTo("John");
    assertThat(claims.path("nationalities").toString()).isEqualTo("[\"DE\"]");
    assertThat(claims.has("family_name")).isFalse();
    assertThat(shown.disclosures()).hasSize(2);
  }
}
