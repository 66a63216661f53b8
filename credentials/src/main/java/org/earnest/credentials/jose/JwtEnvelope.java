package org.earnest.credentials.jose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Envelope;
import org.earnest.credentials.proof.EnvelopeFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials and presentations as JWT (Securing Verifiable Credentials using JOSE and COSE §3.1).
 * The document itself is the payload; {@code vc} and {@code vp}, the members of an older way, are
 * refused. Claims that JWT knows and the document says too must not contradict it.
 */
public enum JwtEnvelope implements EnvelopeFormat {
  /** {@code vc+jwt}. */
  CREDENTIAL("vc+jwt", "vc", "issuer", VerificationRelationship.ASSERTION_METHOD),
  /** {@code vp+jwt}. */
  PRESENTATION("vp+jwt", "vp", "holder", VerificationRelationship.AUTHENTICATION);

  /** Of JWT alone (RFC 7519 §4.1), not of the document. */
  private static final List<String> CLAIMS =
      List.of("iss", "sub", "jti", "aud", "exp", "nbf", "iat", "nonce");

  private final String type;
  private final String contentType;
  private final String controller;
  private final VerificationRelationship purpose;

  JwtEnvelope(
      String type, String contentType, String controller, VerificationRelationship purpose) {
    this.type = type;
    this.contentType = contentType;
    this.controller = controller;
    this.purpose = purpose;
  }

  @Override
  public String mediaType() {
    return "application/" + type;
  }

  /**
   * What {@code typ} may say, to the letter: with {@code application/} before it, it is the same
   * media type (RFC 7515 §4.1.9).
   */
  public Set<String> types() {
    return Set.of(type, mediaType());
  }

  @Override
  public Envelope open(String content) throws InvalidCredentialException {
    StrictJws jws = StrictJws.parse(content, types());
    ObjectNode payload = jws.payload();
    JsonNode cty = jws.header().path("cty");
    if (!cty.isMissingNode() && !cty.asString("").equals(contentType)) {
      throw malformed("cty must be " + contentType);
    }
    if (payload.has("vc") || payload.has("vp")) {
      throw malformed("the claims vc and vp must not be there");
    }
    if (payload.has("proof")) {
      throw malformed("a proof within the envelope would be shown, and is not judged");
    }
    requireAgreement(payload);
    JwtProof proof =
        new JwtProof(
            jws, jws.keyId(), purpose, JwtTimes.of(payload), nonce(payload), audience(payload));
    ObjectNode document = payload.deepCopy();
    document.remove(CLAIMS);
    return new Envelope(document, proof);
  }

  /**
   * Refuses a document with members that a reader would take for claims of the JWT, whatever its
   * own contexts mean by them. What is refused here could not be {@link #open opened} as it was.
   *
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL}
   */
  public static void requireNoClaims(ObjectNode document) throws InvalidCredentialException {
    if (CLAIMS.stream().anyMatch(document::has) || document.has("vc") || document.has("vp")) {
      throw new InvalidCredentialException(
          CredentialRefusal.INVALID_CREDENTIAL,
          "as a JWT it has no vc, vp, nor " + String.join(", ", CLAIMS) + " of its own");
    }
  }

  /**
   * Signs a document as it is.
   *
   * @throws InvalidCredentialException as {@link #requireNoClaims} does
   */
  public String seal(ObjectNode document, DidSigner signer) throws InvalidCredentialException {
    requireNoClaims(document);
    return sign(document, signer);
  }

  /**
   * Signs a document for whoever asked, now.
   *
   * @param nonce that is answered
   * @param audience whom it is for
   * @throws InvalidCredentialException as {@link #requireNoClaims} does
   */
  public String seal(
      ObjectNode document,
      Optional<String> nonce,
      Optional<String> audience,
      Instant now,
      DidSigner signer)
      throws InvalidCredentialException {
    requireNoClaims(document);
    ObjectNode payload = document.deepCopy();
    payload.put("iat", now.getEpochSecond());
    nonce.ifPresent(text -> payload.put("nonce", text));
    audience.ifPresent(text -> payload.put("aud", text));
    return sign(payload, signer);
  }

  private String sign(ObjectNode payload, DidSigner signer) {
    return JwsWriter.sign(payload, type, Optional.of(contentType), signer);
  }

  private void requireAgreement(ObjectNode payload) throws InvalidCredentialException {
    requireSame(payload, "iss", id(payload.path(controller)), controller);
    requireSame(payload, "jti", payload.path("id"), "id");
    if (this == CREDENTIAL) {
      requireSame(payload, "sub", payload.path("credentialSubject").path("id"), "subject's id");
    }
  }

  private static JsonNode id(JsonNode controller) {
    return controller.isObject() ? controller.path("id") : controller;
  }

  private static void requireSame(ObjectNode payload, String claim, JsonNode member, String name)
      throws InvalidCredentialException {
    if (payload.has(claim) && !payload.path(claim).equals(member)) {
      throw malformed(claim + " contradicts the " + name);
    }
  }

  private static Optional<String> nonce(ObjectNode payload) throws InvalidCredentialException {
    JsonNode nonce = payload.path("nonce");
    if (!nonce.isMissingNode() && !nonce.isString()) {
      throw malformed("nonce must be text");
    }
    return nonce.isString() ? Optional.of(nonce.stringValue()) : Optional.empty();
  }

  private static List<String> audience(ObjectNode payload) throws InvalidCredentialException {
    JsonNode aud = payload.path("aud");
    List<String> audience = new ArrayList<>();
    for (JsonNode one : aud.isArray() ? aud : List.of(aud)) {
      if (one.isString()) {
        audience.add(one.stringValue());
      } else if (!one.isMissingNode()) {
        throw malformed("aud must be text, or an array of texts");
      }
    }
    return audience;
  }

  private static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(CredentialRefusal.PROOF_MALFORMED, "JWT: " + detail);
  }
}
