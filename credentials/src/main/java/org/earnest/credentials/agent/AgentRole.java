package org.earnest.credentials.agent;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerifiedCredential;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent is within an organisation. A role grants nothing: what its holder may do is said by
 * a delegation.
 *
 * @param subject the agent's DID
 * @param role 1 to 128 lower-case letters, digits and {@code . : / -}, such as {@code buyer}
 * @param organisation in which it has the role, often the issuer itself
 */
public record AgentRole(Did subject, String role, Did organisation) {
  public static final String TYPE = "AgentRoleCredential";

  public AgentRole {
    if (!role.matches(AgentContext.NAME)) {
      throw new IllegalArgumentException("a role's name must match " + AgentContext.NAME);
    }
  }

  /** The credential to be issued, whose issuer the issuer writes in. */
  public ObjectNode credential(Instant validFrom, Instant validUntil) {
    ObjectNode json = AgentContext.credential(TYPE, validFrom, validUntil);
    json.putObject("credentialSubject")
        .put("id", subject.value())
        .put("role", role)
        .put("organisation", organisation.value());
    return json;
  }

  /** What a verified credential says; empty where it is not of this type or not well-formed. */
  public static Optional<AgentRole> of(VerifiedCredential verified) {
    if (!AgentContext.defines(TYPE, verified)) {
      return Optional.empty();
    }
    JsonNode subject = verified.json().path("credentialSubject");
    try {
      return Optional.of(
          new AgentRole(
              new Did(subject.path("id").asString("")),
              subject.path("role").asString(""),
              new Did(subject.path("organisation").asString(""))));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
