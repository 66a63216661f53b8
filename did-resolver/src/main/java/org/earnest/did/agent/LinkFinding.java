package org.earnest.did.agent;

import java.util.Locale;

/**
 * What is known of a link.
 *
 * @param reason why, stable, lower snake case
 * @param detail what was found, for a person; strangers' words may be in it
 * @param remedy what to do; empty where nothing is to be done
 */
public record LinkFinding(
    AgentLink link, State state, String reason, String detail, String remedy) {
  /** How it stands with a link. */
  public enum State {
    OK,
    /** Nobody says so. */
    MISSING,
    /** Somebody says otherwise. */
    CONTRADICTED,
    /** It could not be looked at: something did not answer, or an earlier link is broken. */
    UNKNOWN;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static LinkFinding ok(AgentLink link, String reason, String detail) {
    return new LinkFinding(link, State.OK, reason, detail, "");
  }

  static LinkFinding missing(AgentLink link, String reason, String detail, String remedy) {
    return new LinkFinding(link, State.MISSING, reason, detail, remedy);
  }

  static LinkFinding contradicted(AgentLink link, String reason, String detail, String remedy) {
    return new LinkFinding(link, State.CONTRADICTED, reason, detail, remedy);
  }

  static LinkFinding unknown(AgentLink link, String reason, String detail, String remedy) {
    return new LinkFinding(link, State.UNKNOWN, reason, detail, remedy);
  }

  /** Nothing can be said before another link holds. */
  static LinkFinding waits(AgentLink link, AgentLink first) {
    return unknown(
        link, "not_looked_at", "depends on " + first.code(), "Mend " + first.code() + " first");
  }
}
