package org.earnest.credentials.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerifiedCredential;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an issuer says that an agent can do.
 *
 * @param subject the agent's DID
 * @param agent its ERC-8004 registration, where the issuer vouches for that too
 * @param capabilities 1 to 64 names, each up to 128 lower-case letters, digits and {@code . : / -},
 *     for example {@code translation/de-en}
 */
public record AgentCapability(Did subject, Optional<AgentId> agent, List<String> capabilities) {
  public static final String TYPE = "AgentCapabilityCredential";
  public static final int MAX_CAPABILITIES = 64;

  public AgentCapability {
    capabilities = List.copyOf(capabilities);
    if (capabilities.isEmpty() || capabilities.size() > MAX_CAPABILITIES) {
      throw new IllegalArgumentException("1 to " + MAX_CAPABILITIES + " capabilities expected");
    }
    if (!capabilities.stream().allMatch(name -> name.matches(AgentContext.NAME))) {
      throw new IllegalArgumentException("a capability's name must match " + AgentContext.NAME);
    }
  }

  /** The credential to be issued, whose issuer the issuer writes in. */
  public ObjectNode credential(Instant validFrom, Instant validUntil) {
    ObjectNode json = AgentContext.credential(TYPE, validFrom, validUntil);
    ObjectNode about = json.putObject("credentialSubject").put("id", subject.value());
    agent.ifPresent(id -> about.put("agentId", id.toString()));
    ArrayNode names = about.putArray("capability");
    capabilities.forEach(names::add);
    return json;
  }

  /** What a verified credential says; empty where it is not of this type or not well-formed. */
  public static Optional<AgentCapability> of(VerifiedCredential verified) {
    if (!AgentContext.defines(TYPE, verified)) {
      return Optional.empty();
    }
    JsonNode subject = verified.json().path("credentialSubject");
    try {
      return Optional.of(
          new AgentCapability(
              new Did(subject.path("id").asString("")),
              Optional.ofNullable(subject.get("agentId")).map(id -> AgentId.parse(id.asString(""))),
              subject.path("capability").valueStream().map(name -> name.asString("")).toList()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
