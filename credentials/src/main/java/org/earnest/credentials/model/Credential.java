package org.earnest.credentials.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential of the right shape (VC Data Model 2.0 §4), or of 1.1 where its context is known. Its
 * truth is not judged here.
 */
public final class Credential {
  public static final String BASE_TYPE = "VerifiableCredential";

  /** Members whose objects must each say their type (VC Data Model 2.0 §4.4 and on). */
  private static final List<String> TYPED_MEMBERS =
      List.of(
          "credentialStatus",
          "credentialSchema",
          "refreshService",
          "termsOfUse",
          "evidence",
          "confidenceMethod",
          "renderMethod");

  private final ObjectNode json;
  private final Did issuer;
  private final Optional<String> id;
  private final List<String> types;
  private final Optional<Instant> validFrom;
  private final Optional<Instant> validUntil;
  private final RelatedResources related;

  private Credential(ObjectNode json, boolean older) throws InvalidCredentialException {
    this.json = json;
    this.id = Members.url(json, "id");
    this.types = types(json);
    this.issuer = Members.did(json, "issuer");
    this.validFrom = Members.dateTimeStamp(json, older ? "issuanceDate" : "validFrom");
    this.validUntil = Members.dateTimeStamp(json, older ? "expirationDate" : "validUntil");
    this.related = RelatedResources.of(json);
    if (older && validFrom.isEmpty()) {
      throw Members.invalid("a credential of the older data model must have an issuanceDate");
    }
  }

  /**
   * Reads a credential, secured or not.
   *
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL}, {@code UNKNOWN_CONTEXT}, or
   *     {@code RESOURCE_MISMATCH} where it pins a known context to another document
   */
  public static Credential parse(ObjectNode json, KnownContexts contexts)
      throws InvalidCredentialException {
    ObjectNode own = json.deepCopy();
    String base = ContextRules.require(own, contexts);
    ContextRules.requireNoneInside(own, "proof");
    Credential credential = new Credential(own, base.equals(KnownContexts.CREDENTIALS_V1));
    credential.requireOrderedValidity();
    requireSubjects(own);
    requireTypedMembers(own);
    LanguageValues.require(own);
    if (own.path("issuer") instanceof ObjectNode issuer) {
      LanguageValues.require(issuer);
    }
    credential.related.require(contexts);
    return credential;
  }

  /** Whether it is of VC Data Model 1.1, which is read and not issued. */
  public boolean isOlder() {
    return json.path("@context").path(0).asString("").equals(KnownContexts.CREDENTIALS_V1);
  }

  /** A copy of the credential as JSON. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  public Did issuer() {
    return issuer;
  }

  public Optional<String> id() {
    return id;
  }

  /** As written, {@value #BASE_TYPE} among them. */
  public List<String> types() {
    return types;
  }

  public Optional<Instant> validFrom() {
    return validFrom;
  }

  public Optional<Instant> validUntil() {
    return validUntil;
  }

  /** What it pins by digests. */
  public RelatedResources related() {
    return related;
  }

  public boolean has(String member) {
    return json.has(member);
  }

  private static List<String> types(ObjectNode json) throws InvalidCredentialException {
    List<String> types = List.copyOf(Members.texts(json, "type"));
    if (!types.contains(BASE_TYPE)) {
      throw Members.invalid("type must include " + BASE_TYPE);
    }
    return types;
  }

  private void requireOrderedValidity() throws InvalidCredentialException {
    if (validFrom.isPresent()
        && validUntil.isPresent()
        && validUntil.get().isBefore(validFrom.get())) {
      throw Members.invalid("validUntil must not be before validFrom");
    }
  }

  private static void requireSubjects(ObjectNode json) throws InvalidCredentialException {
    List<ObjectNode> subjects = Members.objects(json, "credentialSubject");
    if (subjects.isEmpty()) {
      throw Members.invalid("credentialSubject is missing");
    }
    for (ObjectNode subject : subjects) {
      Members.url(subject, "id");
    }
  }

  private static void requireTypedMembers(ObjectNode json) throws InvalidCredentialException {
    for (String name : TYPED_MEMBERS) {
      Members.requireTyped(json, name);
    }
    for (ObjectNode schema : Members.objects(json, "credentialSchema")) {
      if (Members.url(schema, "id").isEmpty()) {
        throw Members.invalid("credentialSchema must have an id");
      }
      ContentDigests.of(schema);
    }
  }
}
