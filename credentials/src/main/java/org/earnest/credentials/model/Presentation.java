package org.earnest.credentials.model;

import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A presentation of the right shape (VC Data Model 2.0 §4.13). Its truth is not judged here. */
public final class Presentation {
  public static final String BASE_TYPE = "VerifiablePresentation";

  /** Credentials of one presentation; each costs a verification. */
  public static final int MAX_CREDENTIALS = 64;

  private final ObjectNode json;
  private final List<String> types;
  private final Optional<Did> holder;
  private final List<ObjectNode> credentials;

  private Presentation(ObjectNode json) throws InvalidCredentialException {
    this.json = json;
    this.types = List.copyOf(Members.texts(json, "type"));
    this.holder = json.has("holder") ? Optional.of(Members.did(json, "holder")) : Optional.empty();
    this.credentials = List.copyOf(Members.objects(json, "verifiableCredential"));
  }

  /**
   * Reads a presentation, secured or not; the credentials in it are not looked at.
   *
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL} or {@code UNKNOWN_CONTEXT}
   */
  public static Presentation parse(ObjectNode json, KnownContexts contexts)
      throws InvalidCredentialException {
    ObjectNode own = json.deepCopy();
    ContextRules.require(own, contexts);
    ContextRules.requireNoneInside(own, "proof", "verifiableCredential");
    Members.url(own, "id");
    Presentation presentation = new Presentation(own);
    if (!presentation.types.contains(BASE_TYPE)) {
      throw Members.invalid("type must include " + BASE_TYPE);
    }
    if (presentation.credentials.size() > MAX_CREDENTIALS) {
      throw Members.invalid("at most " + MAX_CREDENTIALS + " credentials are presented at once");
    }
    Members.requireTyped(own, "termsOfUse");
    return presentation;
  }

  /** A copy of the presentation as JSON. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** Who presents, where it says so. */
  public Optional<Did> holder() {
    return holder;
  }

  public List<String> types() {
    return types;
  }

  /** What is presented: credentials, each with a proof, without, or in an envelope. */
  public List<ObjectNode> credentials() {
    return credentials;
  }

  public boolean has(String member) {
    JsonNode value = json.path(member);
    return !value.isMissingNode();
  }
}
