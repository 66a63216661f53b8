package org.earnest.credentials.model;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which contexts a document may have, and where (VC Data Model 2.0 §4.3). */
final class ContextRules {
  private static final String CONTEXT = "@context";

  private ContextRules() {}

  /**
   * Requires known contexts in order.
   *
   * @return the base context, which is the first
   */
  static String require(ObjectNode json, KnownContexts known) throws InvalidCredentialException {
    JsonNode context = json.path(CONTEXT);
    String base = context.path(0).asString("");
    boolean older = base.equals(KnownContexts.CREDENTIALS_V1) && known.urls().contains(base);
    boolean allowed = older || base.equals(KnownContexts.CREDENTIALS_V2);
    if (!context.isArray() || !allowed) {
      throw Members.invalid(
          "@context must be an array whose first item is " + KnownContexts.CREDENTIALS_V2);
    }
    requireKnown(context, known);
    return base;
  }

  private static void requireKnown(JsonNode contexts, KnownContexts known)
      throws InvalidCredentialException {
    for (JsonNode context : contexts) {
      boolean inline = context.isObject() && known.allowsInline();
      boolean pinned = context.isString() && known.urls().contains(context.stringValue());
      if (!inline && !pinned) {
        throw new InvalidCredentialException(
            CredentialRefusal.UNKNOWN_CONTEXT,
            "@context has an item that is not known here; known: " + known.urls());
      }
    }
  }

  /**
   * A context inside would redefine terms below it.
   *
   * @param mayRepeat the member that may have one: the proof, or what is whole in itself
   */
  static void requireNoneInside(ObjectNode json, String... mayRepeat)
      throws InvalidCredentialException {
    for (var member : json.properties()) {
      boolean inner = !member.getKey().equals(CONTEXT);
      for (String allowed : mayRepeat) {
        inner = inner && !member.getKey().equals(allowed);
      }
      if (inner && !member.getValue().findValues(CONTEXT).isEmpty()) {
        throw new InvalidCredentialException(
            CredentialRefusal.UNKNOWN_CONTEXT, member.getKey() + " has a @context of its own");
      }
    }
  }
}
