package org.earnest.credentials.delegation;

import java.time.Instant;
import java.util.Set;
import org.earnest.credentials.agent.AgentContext;

/**
 * What a delegate may do.
 *
 * @param actions 1 to 32 names, each up to 128 lower-case letters, digits and {@code . : / -}; no
 *     name includes another
 * @param limit what may be spent in doing so
 * @param furtherLinks how many more times it may be passed on, 0 to 7
 * @param validFrom inclusive
 * @param validUntil exclusive; a delegation always ends
 */
public record Mandate(
    Set<String> actions,
    SpendLimit limit,
    int furtherLinks,
    Instant validFrom,
    Instant validUntil) {
  /** Opening deals as their client, which spends the client's money. */
  public static final String OPEN_DEAL = "deal/open";

  public static final int MAX_ACTIONS = 32;
  public static final int MAX_FURTHER_LINKS = 7;

  public Mandate {
    actions = Set.copyOf(actions);
    if (actions.isEmpty() || actions.size() > MAX_ACTIONS) {
      throw new IllegalArgumentException("1 to " + MAX_ACTIONS + " actions expected");
    }
    if (!actions.stream().allMatch(name -> name.matches(AgentContext.NAME))) {
      throw new IllegalArgumentException("an action's name must match " + AgentContext.NAME);
    }
    if (furtherLinks < 0 || furtherLinks > MAX_FURTHER_LINKS) {
      throw new IllegalArgumentException("0 to " + MAX_FURTHER_LINKS + " further links expected");
    }
    if (!validFrom.isBefore(validUntil)) {
      throw new IllegalArgumentException("validFrom must be before validUntil");
    }
  }

  public boolean isValidAt(Instant instant) {
    return !instant.isBefore(validFrom) && instant.isBefore(validUntil);
  }
}
