package org.earnest.testkit.sdjwt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One issuance and what may become of it.
 *
 * @param source where it was published
 * @param issuerKey the issuer's public key as JWK
 * @param type the JWT's {@code typ}
 * @param issuerSigned the issuer's JWT
 */
public record SdJwtVectors(
    String source, JsonNode issuerKey, String type, String issuerSigned, List<Case> cases) {
  public SdJwtVectors {
    cases = List.copyOf(cases);
  }

  /**
   * A selection of claims.
   *
   * @param claims what the verifier must see
   */
  public record Case(
      String name, List<String> disclosures, JsonNode claims, Optional<Bound> keyBinding) {
    public Case {
      disclosures = List.copyOf(disclosures);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A holder's proof.
   *
   * @param iat in seconds since 1970
   */
  public record Bound(String jwt, String nonce, String aud, long iat) {}

  /** Those of RFC 9901 §5. */
  public static SdJwtVectors rfc9901() {
    try (InputStream json =
        Objects.requireNonNull(SdJwtVectors.class.getResourceAsStream("rfc9901.json"))) {
      return JsonMapper.shared().readValue(json, SdJwtVectors.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
