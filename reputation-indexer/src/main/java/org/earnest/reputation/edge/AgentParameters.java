package org.earnest.reputation.edge;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.reputation.file.Capability;
import org.earnest.reputation.store.AgentCriteria;
import org.earnest.reputation.store.AgentOrder;
import org.earnest.reputation.store.AgentPosition;
import org.earnest.reputation.store.CardCriteria;
import org.earnest.reputation.store.CredentialCriteria;
import org.earnest.reputation.store.StandingScope;

/** Which agents a request asks for, and in which order. */
final class AgentParameters {
  static final int POSITION_MEMBERS = 2;
  static final StandingScope NO_SCOPE =
      new StandingScope(Optional.empty(), Optional.empty(), Optional.empty());

  /** Capabilities of one search. */
  static final int MAX_CAPABILITIES = 8;

  /** The average of feedback, as {@code minScore} is its minimum. */
  private static final String SCORE = "score";

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  private AgentParameters() {}

  static StandingScope scope(Query query) {
    Optional<Tag> tag = query.optional("tag", Tag::parse);
    return new StandingScope(
        query.optional("token", EvmAddress::new), tag.map(Tag::settled), tag.map(Tag::text));
  }

  static AgentCriteria criteria(Query query, Caip10AccountId registry) {
    StandingScope scope = scope(query);
    Optional<BigInteger> minVolume = query.optional("minVolume", Words::amount);
    if (minVolume.isPresent() && scope.token().isEmpty()) {
      throw Query.refusal(
          "query parameter minVolume: name its token, as amounts of two add up to nothing");
    }
    return new AgentCriteria(
        scope,
        query.optional("owner", EvmAddress::new),
        query.optional("wallet", EvmAddress::new),
        query.optional("minSettled", Words::count),
        minVolume,
        query.optional("minRating", Words::rating),
        query.optional("minFeedback", Words::count),
        minAverage(query),
        card(query, registry),
        credential(query));
  }

  /** Drafts of ERC-8004 called the value of feedback its score. */
  private static Optional<BigInteger> minAverage(Query query) {
    Optional<BigInteger> average = query.optional("minAverage", Words::scaled);
    Optional<BigInteger> score = query.optional("minScore", Words::scaled);
    if (average.isPresent() && score.isPresent()) {
      throw Query.refusal("query parameter minScore: the same as minAverage; give one of them");
    }
    return average.or(() -> score);
  }

  private static Optional<CredentialCriteria> credential(Query query) {
    Optional<Integer> least = query.optional("minResponse", Words::response);
    Optional<CredentialCriteria> wanted =
        query.optional(
            "credential", text -> credential(text, least.orElse(CredentialCriteria.PASSED)));
    if (least.isPresent() && wanted.isEmpty()) {
      throw Query.refusal("query parameter minResponse: name the credential that was answered for");
    }
    return wanted;
  }

  private static CredentialCriteria credential(String text, int least) {
    String[] parts = text.split(":", 2);
    return new CredentialCriteria(
        new EvmAddress(parts[0]), parts.length == 1 ? "" : parts[1], least);
  }

  private static Optional<CardCriteria> card(Query query, Caip10AccountId registry) {
    Optional<String> text = query.optional("text", AgentParameters::words);
    Optional<List<String>> capabilities =
        query.optional("capability", AgentParameters::capabilities);
    return text.isEmpty() && capabilities.isEmpty()
        ? Optional.empty()
        : Optional.of(new CardCriteria(registry, text, capabilities.orElse(List.of())));
  }

  private static String words(String text) {
    if (!WORD.matcher(text).find()) {
      throw new IllegalArgumentException("words to search for expected");
    }
    return text;
  }

  /** In an order of their own, as a cursor is bound to what was asked. */
  private static List<String> capabilities(String text) {
    List<String> all = List.of(text.split(",", -1));
    if (all.size() > MAX_CAPABILITIES) {
      throw new IllegalArgumentException("at most " + MAX_CAPABILITIES + " expected");
    }
    return all.stream()
        .map(
            word ->
                Capability.of(word)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "each of 1 to %d characters expected, with commas between"
                                    .formatted(Capability.MAX_CHARS))))
        .distinct()
        .sorted()
        .toList();
  }

  static AgentOrder order(Query query, StandingScope scope) {
    AgentOrder order = query.optional("sort", AgentParameters::order).orElse(AgentOrder.REGISTERED);
    if (order.needsToken() && scope.token().isEmpty()) {
      throw Query.refusal("query parameter sort: name the token, as amounts of two do not compare");
    }
    return order;
  }

  /** Newcomers last, as they register; the best and the latest first. */
  static boolean descending(Query query, AgentOrder order) {
    return query.optional("order", Words::descending).orElse(order != AgentOrder.REGISTERED);
  }

  static AgentPosition position(Cursor cursor) {
    try {
      return new AgentPosition(
          new BigInteger(cursor.position().getFirst()),
          new BigInteger(cursor.position().getLast()));
    } catch (NumberFormatException notWhole) {
      throw Cursor.invalid();
    }
  }

  static List<String> position(AgentPosition position) {
    return List.of(position.measure().toString(), position.agentId().toString());
  }

  private static AgentOrder order(String text) {
    if (text.equals(SCORE)) {
      return AgentOrder.FEEDBACK;
    }
    return Arrays.stream(AgentOrder.values())
        .filter(order -> word(order).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(AgentOrder.values())
                            .map(AgentParameters::word)
                            .collect(Collectors.joining(", "))
                        + ", "
                        + SCORE
                        + " expected"));
  }

  private static String word(AgentOrder order) {
    return order.name().toLowerCase(Locale.ROOT);
  }
}
