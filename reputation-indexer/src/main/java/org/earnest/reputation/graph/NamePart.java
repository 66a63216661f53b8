package org.earnest.reputation.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Three characters that a sought name has: the agents whose files' names have them are few, or at
 * least in order, where to go through all agents takes longer than a read may. Several of a name
 * together leave hardly any but those that have it.
 *
 * @param word of {@code reputation_file.agent_word}
 * @param agents under it, none counted beyond {@link #FEW}
 */
record NamePart(String word, long agents) {
  /** Whose files are looked at in whatever order. */
  static final int FEW = 1_000;

  /** Of a long text; one more would hardly be rarer. */
  private static final int PARTS = 16;

  /** Whose agents are looked for; with one more hardly fewer would be left. */
  private static final int TOGETHER = 3;

  /** Each implies that the name has all parts of the text. */
  private static final List<String> FILTERS =
      List.of("name", "name_contains_nocase", "name_starts_with_nocase");

  /** Where all have many agents, the one is rarer whose agents lie further apart. */
  private static final String RAREST =
      "select part, agents from (select unnest(reputation_file.name_parts(:name)) limit :parts)"
          + " parts (part) cross join lateral (select count(*) as agents, max(agent_id) as last"
          + " from (select agent_id from reputation_file.agent_word w where w.chain = :chain"
          + " and w.word = part order by agent_id limit :few) counted) found"
          + " order by agents, last desc, part limit :together";

  /** The text that is to be in the names of all that a listing lists. */
  static Optional<String> sought(Listing listing) {
    Object file =
        switch (listing.entity().type()) {
          case "Agent" -> listing.where().get("registrationFile_");
          case "AgentRegistrationFile" -> listing.where();
          default -> null;
        };
    return file instanceof Map<?, ?> filter ? sought(filter) : Optional.empty();
  }

  private static Optional<String> sought(Map<?, ? extends @Nullable Object> filter) {
    return FILTERS.stream()
        .flatMap(name -> filter.get(name) instanceof String text ? Stream.of(text) : Stream.empty())
        .filter(text -> text.length() <= Bounds.MAX_TEXT && text.indexOf('\u0000') < 0)
        .findFirst();
  }

  /** The rarest first; none where the text is shorter than a part. */
  static List<NamePart> rarest(Handle handle, Caip2ChainId chain, String name) {
    return handle
        .createQuery(RAREST)
        .bind("name", name)
        .bind("parts", PARTS)
        .bind("chain", chain.toString())
        .bind("few", FEW)
        .bind("together", TOGETHER)
        .map((row, context) -> new NamePart(row.getString("part"), row.getLong("agents")))
        .list();
  }

  /** In any order where they are few, else in the order in which they are found. */
  boolean leads(Listing listing) {
    return agents < FEW || listing.isByKey();
  }
}
