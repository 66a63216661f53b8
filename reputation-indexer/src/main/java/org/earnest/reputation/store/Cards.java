package org.earnest.reputation.store;

import org.jdbi.v3.core.statement.Query;

/** SQL that finds the registration file which counts for an agent. */
public final class Cards {
  /** As they stand, or of the same stem. */
  private static final String WORDS =
      "(websearch_to_tsquery('simple', :text) || websearch_to_tsquery('english', :text))";

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

  /**
   * Conditions on what a file says, each after {@code and}.
   *
   * @param file the alias of {@code reputation_file.registration_file}
   */
  static String matching(CardCriteria card, String file) {
    return (card.text().isPresent() ? " and " + file + ".words @@ " + WORDS : "")
        + (card.capabilities().isEmpty()
            ? ""
            : " and " + file + ".capabilities @> cast(:capabilities as text[])");
  }

  static void bind(Query query, CardCriteria card) {
    query
        .bind("registry", card.registry().toString())
        .bindArray("capabilities", String.class, card.capabilities());
    card.text().ifPresent(text -> query.bind("text", text));
    CardWords.bind(query, card);
  }
}
