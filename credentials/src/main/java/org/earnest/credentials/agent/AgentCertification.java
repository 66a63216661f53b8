package org.earnest.credentials.agent;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerifiedCredential;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an auditor says that an agent was held against, such as ISO 26262. Who is an auditor is the
 * verifier's policy: anybody can issue one.
 *
 * @param subject the agent's DID
 * @param agent its ERC-8004 registration, where the auditor vouches for that too
 * @param standard by its usual name, 1 to 128 printable ASCII characters
 * @param level within the standard, such as {@code ASIL-B}, written as the standard is
 */
public record AgentCertification(
    Did subject, Optional<AgentId> agent, String standard, Optional<String> level) {
  public static final String TYPE = "AgentCertificationCredential";
  private static final String NAME = "[!-~]([ -~]{0,126}[!-~])?";

  public AgentCertification {
    if (!standard.matches(NAME) || !level.orElse(standard).matches(NAME)) {
      throw new IllegalArgumentException("a standard and its level must match " + NAME);
    }
  }

  /** The credential to be issued, whose issuer the issuer writes in. */
  public ObjectNode credential(Instant validFrom, Instant validUntil) {
    ObjectNode json = AgentContext.credential(TYPE, validFrom, validUntil);
    ObjectNode about = json.putObject("credentialSubject").put("id", subject.value());
    agent.ifPresent(id -> about.put("agentId", id.toString()));
    about.put("standard", standard);
    level.ifPresent(name -> about.put("standardLevel", name));
    return json;
  }

  /** What a verified credential says; empty where it is not of this type or not well-formed. */
  public static Optional<AgentCertification> of(VerifiedCredential verified) {
    if (!AgentContext.defines(TYPE, verified)) {
      return Optional.empty();
    }
    JsonNode subject = verified.json().path("credentialSubject");
    try {
      return Optional.of(
          new AgentCertification(
              new Did(subject.path("id").asString("")),
              Optional.ofNullable(subject.get("agentId")).map(id -> AgentId.parse(id.asString(""))),
              subject.path("standard").asString(""),
              Optional.ofNullable(subject.get("standardLevel")).map(name -> name.asString(""))));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
