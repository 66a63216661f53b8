package org.earnest.credentials;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.jose.JwtTimes;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.sdjwt.SdJwt;
import org.earnest.credentials.sdjwt.SdJwtIssuer;
import org.earnest.credentials.status.Statuses;
import org.earnest.credentials.status.TokenList;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues SD-JWT VCs of one issuer (SD-JWT VC §3.2). What {@link SdJwtVerifier} would refuse is not
 * signed. Safe for use by many threads.
 */
public final class SdJwtVcIssuer {
  /** So many digests of nothing in each object that hides something. */
  private static final int DECOYS = 2;

  private final DidSigner signer;
  private final SdJwtIssuer issuer;
  private final InstantSource clock;

  public SdJwtVcIssuer(DidSigner signer, InstantSource clock) {
    this.signer = signer;
    this.issuer = new SdJwtIssuer(signer);
    this.clock = clock;
  }

  public Did issuer() {
    return signer.verificationMethod().did();
  }

  /**
   * Signs claims. Where they name no issuer ({@code iss}) or time ({@code iat}), these are written
   * in.
   *
   * @param claims with a {@code vct}; not changed
   * @param hidden JSON Pointers (RFC 6901) of what the holder may keep back
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL}, {@code ISSUER_MISMATCH} or
   *     {@code KEY_UNSUPPORTED}
   * @throws org.earnest.core.chain.SignerUnavailableException when the key cannot be used now
   */
  public SdJwt issue(ObjectNode claims, Set<String> hidden) throws InvalidCredentialException {
    return issue(claims, hidden, Map.of());
  }

  /**
   * Signs claims likewise.
   *
   * @param filled as {@link SdJwtIssuer#issue(ObjectNode, String, Set, int, Map)} has it
   * @throws InvalidCredentialException likewise
   */
  public SdJwt issue(ObjectNode claims, Set<String> hidden, Map<String, Integer> filled)
      throws InvalidCredentialException {
    ObjectNode whole = signable(claims);
    for (String pointer : hidden) {
      requireHideable(pointer);
    }
    try {
      return issuer.issue(whole, SdJwtVerifier.TYPE, hidden, DECOYS, filled);
    } catch (IllegalArgumentException refused) {
      throw invalid(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * Judges claims as {@link #issue} would; the key is not used.
   *
   * @return with issuer and time
   * @throws InvalidCredentialException likewise
   */
  public ObjectNode signable(ObjectNode claims) throws InvalidCredentialException {
    ObjectNode whole = claims.deepCopy();
    if (!whole.has("iss")) {
      whole.put("iss", issuer().value());
    }
    if (!whole.has("iat")) {
      whole.put("iat", clock.instant().getEpochSecond());
    }
    if (whole.path("vct").asString("").isEmpty()) {
      throw invalid("vct is missing");
    }
    if (!whole.path("iss").asString("").equals(issuer().value())) {
      throw new InvalidCredentialException(
          CredentialRefusal.ISSUER_MISMATCH, "the issuer here is " + issuer());
    }
    if (whole.has("cnf") && JwkKey.parse(whole.path("cnf").path("jwk")).isEmpty()) {
      throw new InvalidCredentialException(
          CredentialRefusal.KEY_UNSUPPORTED, "cnf.jwk is no holder's key that could be used");
    }
    JwtTimes.of(whole);
    return whole;
  }

  /**
   * Signs the list that statuses of this issuer's SD-JWTs are in.
   *
   * @param url where it is served
   * @param statuses {@link Statuses.Order#RIGHT_FIRST}
   * @param ttl for so long whoever reads it may keep it
   * @param validity for so long an old list can be shown in place of a newer one
   * @throws org.earnest.core.chain.SignerUnavailableException when the key cannot be used now
   */
  public String statusList(
      URI url, Statuses statuses, Duration ttl, Duration validity, Instant now) {
    return TokenList.sign(url, statuses, ttl, validity, now, signer);
  }

  private static void requireHideable(String pointer) throws InvalidCredentialException {
    String first = pointer.startsWith("/") ? pointer.substring(1).split("/", -1)[0] : "";
    if (SdJwtVerifier.NEVER_HIDDEN.contains(first)) {
      throw invalid(first + " must not be hidden");
    }
  }

  private static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.INVALID_CREDENTIAL, "SD-JWT VC: " + detail);
  }
}
