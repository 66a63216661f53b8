package org.earnest.credentials.sdjwt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.jose.JwsWriter;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The holder's proof that it holds the key which the issuer named (RFC 9901 §4.3): for one
 * verifier, one question and this very selection of claims.
 *
 * @param audience who asks
 * @param nonce what was asked; good for one answer
 */
public record KeyBinding(String audience, String nonce) {
  static final String TYPE = "kb+jwt";

  /** How old an answer may be. */
  public static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** How far the holder's clock and ours may differ. */
  public static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

  /** The SD-JWT with the holder's answer. */
  public SdJwt bind(SdJwt shown, DidSigner holder, Instant now) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("iat", now.getEpochSecond())
            .put("aud", audience)
            .put("nonce", nonce)
            .put("sd_hash", Disclosure.digest(shown.withoutKeyBinding()));
    return new SdJwt(
        shown.issued(),
        shown.disclosures(),
        Optional.of(JwsWriter.signUnnamed(payload, TYPE, holder)));
  }

  /**
   * Judges an answer (§7.3).
   *
   * @param holder the key that the issuer named
   * @throws InvalidCredentialException {@code HOLDER_BINDING_MISSING} or {@code
   *     HOLDER_BINDING_INVALID}
   */
  public void require(SdJwt presented, VerificationKey holder, Instant now)
      throws InvalidCredentialException {
    if (presented.keyBinding().isEmpty()) {
      throw new InvalidCredentialException(
          CredentialRefusal.HOLDER_BINDING_MISSING, "the holder's proof is missing");
    }
    StrictJws jws = parse(presented.keyBinding().get());
    if (!jws.verifies(holder)) {
      throw invalid("the holder's key did not sign it");
    }
    ObjectNode payload = jws.payload();
    requireSame(payload, "aud", audience);
    requireSame(payload, "nonce", nonce);
    requireSame(payload, "sd_hash", Disclosure.digest(presented.withoutKeyBinding()));
    requireFresh(payload.path("iat"), now);
  }

  private static StrictJws parse(String answer) throws InvalidCredentialException {
    try {
      return StrictJws.parse(answer, Set.of(TYPE));
    } catch (InvalidCredentialException malformed) {
      throw invalid(malformed.detail());
    }
  }

  private static void requireSame(ObjectNode payload, String claim, String expected)
      throws InvalidCredentialException {
    if (!payload.path(claim).isString() || !payload.path(claim).stringValue().equals(expected)) {
      throw invalid(claim + " is not the expected one");
    }
  }

  private static void requireFresh(JsonNode iat, Instant now) throws InvalidCredentialException {
    if (!iat.isIntegralNumber() || !iat.canConvertToLong()) {
      throw invalid("iat must be seconds since 1970");
    }
    long age = now.getEpochSecond() - iat.longValue();
    if (age > MAX_AGE.toSeconds() || age < -MAX_CLOCK_SKEW.toSeconds()) {
      throw invalid("iat is too old, or in the future");
    }
  }

  private static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.HOLDER_BINDING_INVALID, "the holder's proof does not count: " + detail);
  }
}
