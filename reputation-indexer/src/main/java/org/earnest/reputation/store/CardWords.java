package org.earnest.reputation.store;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The words of {@code reputation_file.agent_word} that lead to agents whose files say something. A
 * file that matches has every one of them, so that each may be looked at first.
 */
final class CardWords {
  /** More of them would take longer to look up than the files themselves. */
  static final int MAX_WORDS = 8;

  private static final String CAPABILITY = "=";

  /** Words alone; with quotes, signs or an {@code or} between, none of them has to be there. */
  private static final Pattern PLAIN = Pattern.compile("(?i)(?!.*\\bor\\b)[\\p{L}\\p{N} ]+");

  /**
   * Whatever has a word has its stem; words that say nothing have none, and stand for themselves.
   */
  private static final String LEXEMES =
      "select unnest(case when stems = '{}' then tsvector_to_array(to_tsvector('simple', :text))"
          + " else stems end)"
          + " from (select tsvector_to_array(to_tsvector('english', :text)) as stems) of_text";

  private CardWords() {}

  /** With the words that lead there; none where nothing has to be there. */
  static CardCriteria led(Handle handle, CardCriteria card) {
    Stream<String> capabilities = card.capabilities().stream().map(CAPABILITY::concat);
    Stream<String> lexemes =
        card.text().filter(text -> PLAIN.matcher(text).matches()).stream()
            .flatMap(text -> lexemes(handle, text).stream());
    return card.ledToBy(Stream.concat(capabilities, lexemes).limit(MAX_WORDS).toList());
  }

  /** The longest first, as it is likely to be the rarest. */
  private static List<String> lexemes(Handle handle, String text) {
    return handle.createQuery(LEXEMES).bind("text", text).mapTo(String.class).list().stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /** Agents under one of the words, in the order of their numbers. */
  static String agents(int word) {
    return "reputation_file.agent_word m where m.chain = :chain and m.word = " + name(word);
  }

  /** That an agent {@code a} is under every word, each after {@code and}. */
  static String all(CardCriteria card) {
    return IntStream.range(0, card.words().size())
        .mapToObj(
            word -> " and (select true from " + agents(word) + " and m.agent_id = a.agent_id)")
        .collect(Collectors.joining());
  }

  static void bind(Query query, CardCriteria card) {
    for (int word = 0; word < card.words().size(); word++) {
      query.bind("word" + word, card.words().get(word));
    }
  }

  private static String name(int word) {
    return ":word" + word;
  }
}
