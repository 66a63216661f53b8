package org.earnest.credentials.model;

import java.util.Locale;

/** Why a credential is not accepted, or not issued. The names are stable. */
public enum CredentialRefusal {
  /** Not strict JSON: see {@link SignableJson}. */
  MALFORMED_JSON(Types.MODEL + "PARSING_ERROR"),
  /** Not a credential of the VC Data Model 2.0. */
  INVALID_CREDENTIAL(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** A context that is not pinned here, so that its terms have no known meaning. */
  UNKNOWN_CONTEXT(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** A term that no context defines, or a protected one that is given another meaning. */
  UNDEFINED_TERM(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** A graph that takes too much work to canonicalise. */
  TOO_COMPLEX(Types.SECURITY + "PROOF_TRANSFORMATION_ERROR"),
  /** There is no proof to be judged. */
  PROOF_MISSING(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** The proof is of a kind, cryptosuite or purpose that is not allowed. */
  PROOF_UNSUPPORTED(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** The proof's own members are malformed. */
  PROOF_MALFORMED(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** The issuer's proof for the holder, who must derive one to show from it. */
  PROOF_NOT_DERIVED(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** A pointer leads to nothing, or to what cannot be disclosed by itself. */
  SELECTION_INVALID(Types.SECURITY + "PROOF_GENERATION_ERROR"),
  /** The issuer has no usable document. */
  ISSUER_NOT_RESOLVED(Types.SECURITY + "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"),
  /** The issuer's document could not be had now; the same credential may pass later. */
  ISSUER_UNAVAILABLE(Types.SECURITY + "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"),
  /** The key is not the issuer's. */
  ISSUER_MISMATCH(Types.SECURITY + "INVALID_VERIFICATION_METHOD"),
  /** The issuer's document does not allow the key to assert. */
  KEY_NOT_AUTHORIZED(Types.SECURITY + "INVALID_PROOF_PURPOSE_FOR_VERIFICATION_METHOD"),
  /** The key is of a kind that the cryptosuite does not allow, or is unsafe. */
  KEY_UNSUPPORTED(Types.SECURITY + "INVALID_VERIFICATION_METHOD"),
  /** The signature does not match. */
  PROOF_INVALID(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** Before {@code validFrom}, or signed in the future. */
  NOT_YET_VALID(Types.MODEL + "RANGE_ERROR"),
  /** After {@code validUntil}, or after the proof's {@code expires}. */
  EXPIRED(Types.MODEL + "RANGE_ERROR"),
  /** It has a {@code credentialStatus}, which cannot be checked here. */
  STATUS_UNSUPPORTED(Types.STATUS + "STATUS_VERIFICATION_ERROR"),
  /** The issuer has revoked it. */
  REVOKED(Types.STATUS + "STATUS_VERIFICATION_ERROR"),
  /** The issuer has suspended it; it may be valid again later. */
  SUSPENDED(Types.STATUS + "STATUS_VERIFICATION_ERROR"),
  /** Its {@code credentialStatus}, or the list that it names, is malformed. */
  STATUS_MALFORMED(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** Its status list is not proved, another issuer's or for another purpose. */
  STATUS_INVALID(Types.STATUS + "STATUS_VERIFICATION_ERROR"),
  /** Its status list is so short that asking for it tells of whom. */
  STATUS_LIST_TOO_SHORT(Types.STATUS + "STATUS_LIST_LENGTH_ERROR"),
  /** Its status list does not have its entry. */
  STATUS_OUT_OF_RANGE(Types.MODEL + "RANGE_ERROR"),
  /** Its status list could not be had now; the same credential may pass later. */
  STATUS_UNAVAILABLE(Types.STATUS + "STATUS_RETRIEVAL_ERROR"),
  /** It has a {@code credentialSchema}, which cannot be checked here. */
  SCHEMA_UNSUPPORTED(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** It does not obey a schema that it names. */
  SCHEMA_MISMATCH(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** The credential that carries a schema of it is not proved, not valid now, or carries none. */
  SCHEMA_INVALID(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** A schema that it names could not be had now; the same credential may pass later. */
  SCHEMA_UNAVAILABLE(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** A resource that it pins is another than its digest says. */
  RESOURCE_MISMATCH(Types.MODEL + "MALFORMED_VALUE_ERROR"),
  /** A presentation's proof is not its holder's. */
  HOLDER_MISMATCH(Types.SECURITY + "INVALID_VERIFICATION_METHOD"),
  /** The proof is for somebody else. */
  DOMAIN_MISMATCH(Types.SECURITY + "INVALID_DOMAIN_ERROR"),
  /** The proof does not answer what was asked. */
  CHALLENGE_MISMATCH(Types.SECURITY + "INVALID_CHALLENGE_ERROR"),
  /** The challenge was answered before, has expired, or was never made. */
  CHALLENGE_USED(Types.SECURITY + "INVALID_CHALLENGE_ERROR"),
  /** So many challenges were answered lately that none can be used now; this one may later. */
  CHALLENGES_FULL(Types.SECURITY + "INVALID_CHALLENGE_ERROR"),
  /** An SD-JWT's disclosures do not fit what was signed (RFC 9901 §7.1). */
  DISCLOSURE_INVALID(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** The holder's proof was demanded, and is not there. */
  HOLDER_BINDING_MISSING(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** The holder's proof is another's, for another, too old or over something else. */
  HOLDER_BINDING_INVALID(Types.SECURITY + "PROOF_VERIFICATION_ERROR"),
  /** The relying party does not believe the issuer. */
  NOT_TRUSTED(Types.MODEL + "POLICY_ERROR"),
  /** Whether the issuer is to be believed cannot be found out now; it may pass later. */
  TRUST_UNAVAILABLE(Types.MODEL + "POLICY_ERROR"),
  /** Only for issuing: it carries a proof already. */
  ALREADY_SECURED(Types.SECURITY + "PROOF_GENERATION_ERROR");

  private final String problemType;

  CredentialRefusal(String problemType) {
    this.problemType = problemType;
  }

  /** The stable code, in lower snake case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The problem type that the specification gives it (RFC 9457 {@code type}). */
  public String problemType() {
    return problemType;
  }

  /** Whether the same credential may be accepted later without a change. */
  public boolean retryable() {
    return switch (this) {
      case ISSUER_UNAVAILABLE,
          STATUS_UNAVAILABLE,
          SCHEMA_UNAVAILABLE,
          TRUST_UNAVAILABLE,
          CHALLENGES_FULL ->
          true;
      default -> false;
    };
  }

  private static final class Types {
    static final String MODEL = "https://www.w3.org/TR/vc-data-model#";
    static final String SECURITY = "https://w3id.org/security#";
    static final String STATUS = "https://www.w3.org/ns/credentials/status-list#";
  }
}
