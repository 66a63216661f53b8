package org.earnest.reputation.store;

/** SQL that finds the registration file which counts for an agent. */
public final class Cards {
  private Cards() {}

  /**
   * The file at the agent's URI, where it names the agent back. {@code :registry} is the registry
   * by CAIP-10.
   *
   * @param agent the alias of {@code reputation.agent}
   * @param file the alias of {@code reputation_file.registration_file}
   */
  public static String ofAgent(String agent, String file) {
    return ("%2$s.chain = %1$s.chain and %2$s.uri_digest = sha256(convert_to(%1$s.uri, 'UTF8'))"
            + " and jsonb_exists(%2$s.document -> 'registrations', :registry || ':' || %1$s.agent_id)")
        .formatted(agent, file);
  }
}
