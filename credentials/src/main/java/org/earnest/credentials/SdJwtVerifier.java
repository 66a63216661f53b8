package org.earnest.credentials;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.jose.JwtProof;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Proof;
import org.earnest.credentials.sdjwt.DisclosedClaims;
import org.earnest.credentials.sdjwt.SdJwt;
import org.earnest.credentials.status.TokenStatus;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies SD-JWT VCs whose issuer is a DID (SD-JWT VC §3.4; RFC 9901 §7.1, §7.3), in the order of
 * {@link Stage}, which never varies. Safe for use by many threads.
 */
public final class SdJwtVerifier {
  /** The media type's name in {@code typ}. */
  public static final String TYPE = "dc+sd-jwt";

  /** The issuer's word about the credential itself, which no holder may keep back (§3.2.2.2). */
  static final Set<String> NEVER_HIDDEN =
      Set.of("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status");

  private final DidResolver resolver;
  private final InstantSource clock;
  private final TokenStatus status;
  private final Challenges challenges;
  private final TrustPolicy policy;

  /** Verifies likewise, and believes every issuer. */
  public SdJwtVerifier(
      DidResolver resolver, InstantSource clock, TokenStatus status, Challenges challenges) {
    this(resolver, clock, status, challenges, TrustPolicy.EVERYBODY);
  }

  /**
   * Verifies with these.
   *
   * @param challenges where nonces are used up
   * @param policy asked with {@code vct} as the type
   */
  public SdJwtVerifier(
      DidResolver resolver,
      InstantSource clock,
      TokenStatus status,
      Challenges challenges,
      TrustPolicy policy) {
    this.resolver = resolver;
    this.clock = clock;
    this.status = status;
    this.challenges = challenges;
    this.policy = policy;
  }

  /** Verifies an SD-JWT VC as it was received. */
  public SdJwtOutcome verify(String compact, HolderBinding binding) {
    CheckList checks = new CheckList();
    try {
      return new SdJwtOutcome.Verified(verify(compact, binding, checks), checks.made());
    } catch (InvalidCredentialException refused) {
      return new SdJwtOutcome.Refused(refused.refusal(), refused.detail(), checks.made());
    }
  }

  private VerifiedSdJwt verify(String compact, HolderBinding binding, CheckList checks)
      throws InvalidCredentialException {
    SdJwt received = checks.make(Stage.JSON, "an SD-JWT", () -> SdJwt.parse(compact));
    StrictJws jws =
        checks.make(
            Stage.SHAPE,
            "an SD-JWT VC, each disclosure in its place",
            () -> StrictJws.parse(received.issued(), Set.of(TYPE)));
    ObjectNode claims = checks.make(Stage.SHAPE, "claims", () -> claims(jws, received));
    Did issuer = issuer(claims);
    List<Proof> proofs = List.of(JwtProof.assertion(jws));
    new ProofKeys(resolver, checks, new FetchBudget(clock)).require(issuer, proofs);
    Instant now = clock.instant();
    checks.make(Stage.VALIDITY, "valid now", () -> valid(proofs.getFirst(), now));
    checks.find(Stage.STATUS, () -> status.check(issuer, claims));
    String type = claims.path("vct").stringValue();
    checks.find(Stage.POLICY, () -> policy.judge(issuer, List.of(type)));
    checks.find(Stage.BINDING, () -> bind(received, claims, binding, now));
    return new VerifiedSdJwt(issuer, claims, binding instanceof HolderBinding.Required, now);
  }

  private static ObjectNode claims(StrictJws jws, SdJwt received)
      throws InvalidCredentialException {
    ObjectNode claims = DisclosedClaims.of(jws.payload(), received.disclosures());
    for (String name : NEVER_HIDDEN) {
      if (claims.has(name) && !jws.payload().has(name)) {
        throw invalid(name + " must not be hidden");
      }
    }
    if (claims.path("vct").asString("").isEmpty()) {
      throw invalid("vct is missing");
    }
    return claims;
  }

  private static Did issuer(ObjectNode claims) throws InvalidCredentialException {
    try {
      return new Did(claims.path("iss").asString(""));
    } catch (IllegalArgumentException notADid) {
      throw invalid("iss must be a DID; other issuers are not known here");
    }
  }

  private static boolean valid(Proof proof, Instant now) throws InvalidCredentialException {
    ValidityTimes.require(proof, now);
    return true;
  }

  private String bind(SdJwt received, ObjectNode claims, HolderBinding binding, Instant now)
      throws InvalidCredentialException {
    return switch (binding) {
      case HolderBinding.NotExpected none -> {
        if (received.keyBinding().isPresent()) {
          throw new InvalidCredentialException(
              CredentialRefusal.HOLDER_BINDING_INVALID,
              "there is a holder's proof that nobody asked for");
        }
        yield "no holder's proof was asked for";
      }
      case HolderBinding.Required required -> {
        required.expected().require(received, holder(claims), now);
        challenges.require(required.expected().nonce());
        yield "the holder answered";
      }
    };
  }

  private static VerificationKey holder(ObjectNode claims) throws InvalidCredentialException {
    return JwkKey.parse(claims.path("cnf").path("jwk"))
        .orElseThrow(
            () ->
                new InvalidCredentialException(
                    CredentialRefusal.HOLDER_BINDING_MISSING,
                    "the issuer named no holder's key (cnf.jwk) that could be used"));
  }

  private static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.INVALID_CREDENTIAL, "SD-JWT VC: " + detail);
  }
}
