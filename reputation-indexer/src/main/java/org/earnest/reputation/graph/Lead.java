package org.earnest.reputation.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.reputation.file.Capability;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A word that leads to all agents whose files a filter lets through: three characters of a sought
 * name, or something that the agent can do. These agents are few, or at least in order, where to go
 * through all takes longer than a read may. Several leads of a filter together leave hardly any but
 * those that it lets through.
 *
 * @param word of {@code reputation_file.agent_word}
 * @param agents under it, none counted beyond {@link #FEW}
 * @param isSparse whether these lie so far apart that there are some {@link #SPARSE} times as many
 *     at most
 */
record Lead(String word, long agents, boolean isSparse) {
  /** Whose files are looked at in whatever order. */
  static final int FEW = 1_000;

  /** Of so many times {@link #FEW} all are taken, sooner than each of another's is looked up. */
  private static final int SPARSE = 10;

  /** Of a long text; one more would hardly be rarer. */
  private static final int PARTS = 16;

  /** Whose agents are looked for; with one more hardly fewer would be left. */
  private static final int TOGETHER = 3;

  /** Each implies that the name has all parts of the text. */
  private static final List<String> NAMES =
      List.of("name", "name_contains_nocase", "name_starts_with_nocase");

  /** Each of their words is something that the agent can do. */
  private static final List<String> CAPABILITIES =
      Stream.of(
              "mcpTools",
              "mcpPrompts",
              "mcpResources",
              "a2aSkills",
              "oasfSkills",
              "oasfDomains",
              "supportedTrusts")
          .flatMap(
              texts ->
                  Stream.of(Operator.CONTAINS, Operator.CONTAINS_NOCASE)
                      .map(operator -> texts + operator.suffix()))
          .toList();

  /** Where all have many agents, the one is rarer whose agents lie further apart. */
  private static final String RAREST =
      "select word, agents, agents < :few or last * :sparse > (select max(agent_id)"
          + " from reputation.agent where chain = :chain) as sparse from ("
          + "(select unnest(reputation_file.name_parts(:name)) limit :parts) union"
          + " select unnest(cast(:capabilities as text[]))) words (word)"
          + " cross join lateral (select count(*) as agents, max(agent_id) as last"
          + " from (select agent_id from reputation_file.agent_word w where w.chain = :chain"
          + " and w.word = words.word order by agent_id limit :few) counted) found"
          + " order by agents, last desc, word limit :together";

  /**
   * What files have to say, as far as words tell.
   *
   * @param name a part of their names; shorter ones than three characters lead nowhere
   * @param capabilities at most {@link #PARTS}, as they are compared
   */
  record Sought(Optional<String> name, List<String> capabilities) {
    boolean isEmpty() {
      return name.isEmpty() && capabilities.isEmpty();
    }
  }

  /** What is to be in the files of all that a listing lists. */
  static Optional<Sought> sought(Listing listing) {
    Object file =
        switch (listing.entity().type()) {
          case "Agent" -> listing.where().get("registrationFile_");
          case "AgentRegistrationFile" -> listing.where();
          default -> null;
        };
    return file instanceof Map<?, ?> filter
        ? Optional.of(new Sought(name(filter), capabilities(filter)))
            .filter(sought -> !sought.isEmpty())
        : Optional.empty();
  }

  private static Optional<String> name(Map<?, ? extends @Nullable Object> filter) {
    return NAMES.stream()
        .flatMap(name -> filter.get(name) instanceof String text ? Stream.of(text) : Stream.empty())
        .filter(Comparison::isComparable)
        .findFirst();
  }

  private static List<String> capabilities(Map<?, ? extends @Nullable Object> filter) {
    return CAPABILITIES.stream()
        .flatMap(texts -> filter.get(texts) instanceof List<?> all ? all.stream() : Stream.empty())
        .flatMap(text -> text instanceof String word ? Stream.of(word) : Stream.empty())
        .filter(Comparison::isComparable)
        .flatMap(word -> Capability.of(word).stream())
        .distinct()
        .limit(PARTS)
        .toList();
  }

  /** The rarest first; none where the name is shorter than a part and nothing else is sought. */
  static List<Lead> rarest(Handle handle, Caip2ChainId chain, Sought sought) {
    return handle
        .createQuery(RAREST)
        .bind("name", sought.name().orElse(""))
        .bind("parts", PARTS)
        .bindArray(
            "capabilities",
            String.class,
            sought.capabilities().stream().map(Capability.WORD::concat).toList())
        .bind("chain", chain.toString())
        .bind("few", FEW)
        .bind("sparse", SPARSE)
        .bind("together", TOGETHER)
        .map(
            (row, context) ->
                new Lead(row.getString("word"), row.getLong("agents"), row.getBoolean("sparse")))
        .list();
  }

  /** In any order where they are few, else in the order in which they are found. */
  boolean leads(Listing listing) {
    return agents < FEW || listing.isByKey();
  }
}
