package org.earnest.credentials.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A credential of the right shape (VC Data Model 2.0 §4). Its truth is not judged here. */
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

  private Credential(ObjectNode json) throws InvalidCredentialException {
    this.json = json;
    this.id = Members.url(json, "id");
    this.types = types(json);
    this.issuer = Members.issuer(json);
    this.validFrom = Members.dateTimeStamp(json, "validFrom");
    this.validUntil = Members.dateTimeStamp(json, "validUntil");
  }

  /**
   * Reads a credential, secured or not.
   *
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL} or {@code UNKNOWN_CONTEXT}
   */
  public static Credential parse(ObjectNode json, KnownContexts contexts)
      throws InvalidCredentialException {
    ObjectNode own = json.deepCopy();
    requireContexts(own, contexts);
    Credential credential = new Credential(own);
    credential.requireOrderedValidity();
    requireSubjects(own);
    requireTypedMembers(own);
    return credential;
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

  public boolean has(String member) {
    return json.has(member);
  }

  /** The objects of {@code proof}; usually one. */
  public List<ObjectNode> proofs() throws InvalidCredentialException {
    return Members.objects(json, "proof");
  }

  private static void requireContexts(ObjectNode json, KnownContexts contexts)
      throws InvalidCredentialException {
    JsonNode context = json.path("@context");
    if (!context.isArray() || !KnownContexts.CREDENTIALS_V2.equals(context.path(0).asString(""))) {
      throw Members.invalid(
          "@context must be an array whose first item is " + KnownContexts.CREDENTIALS_V2);
    }
    requireKnown(context, contexts);
    requireNoInnerContext(json);
  }

  private static void requireKnown(JsonNode contexts, KnownContexts known)
      throws InvalidCredentialException {
    for (JsonNode context : contexts) {
      if (!context.isString() || !known.urls().contains(context.stringValue())) {
        throw new InvalidCredentialException(
            CredentialRefusal.UNKNOWN_CONTEXT,
            "@context has an item that is not known here; known: " + known.urls());
      }
    }
  }

  /** A context inside would redefine terms below it; only the proof may repeat the outer one. */
  private static void requireNoInnerContext(ObjectNode json) throws InvalidCredentialException {
    for (var member : json.properties()) {
      boolean inner = !member.getKey().equals("proof") && !member.getKey().equals("@context");
      if (inner && !member.getValue().findValues("@context").isEmpty()) {
        throw new InvalidCredentialException(
            CredentialRefusal.UNKNOWN_CONTEXT, member.getKey() + " has a @context of its own");
      }
    }
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
      for (ObjectNode member : Members.objects(json, name)) {
        Members.url(member, "id");
        if (Members.texts(member, "type").isEmpty()) {
          throw Members.invalid(name + " must have a type");
        }
      }
    }
  }
}
