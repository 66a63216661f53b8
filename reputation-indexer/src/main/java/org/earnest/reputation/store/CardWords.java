package org.earnest.reputation.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.reputation.file.Capability;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The words of {@code reputation_file.agent_word} that lead to agents whose files say something. A
 * file that matches has every one of them in one of its forms, or is long, so that each may be
 * looked at first.
 */
final class CardWords {
  /** More of them would take longer to look up than the files themselves. */
  static final int MAX_WORDS = 8;

  /**
   * Files that are under none of their texts' words, as these are too many; the index has the same
   * condition.
   */
  static final String IS_LONG = " and length(c.words) + cardinality(c.capabilities) > 256";

  private static final String LONG = "*";

  /** Words alone; with quotes, signs or an {@code or} between, none of them has to be there. */
  private static final Pattern PLAIN = Pattern.compile("(?i)(?!.*\\bor\\b)[\\p{L}\\p{N} ]+");

  /**
   * A file has each as it stands, or each by its stem; a stem may have another stem than its own.
   */
  private static final String LEXEMES =
      "select simple || case when stem = simple then '{}' else stem end as forms, stem <> '{}' as said"
          + " from (select tsvector_to_array(to_tsvector('simple', token)) as simple,"
          + " tsvector_to_array(to_tsvector('english', token)) as stem"
          + " from regexp_split_to_table(:text, ' +') token) lexeme where cardinality(simple) = 1";

  /**
   * What a token may be found by.
   *
   * @param said false where it says nothing, and need not be there beside others that do
   */
  private record Lexeme(List<String> forms, boolean said) {
    static Lexeme of(ResultSet row) throws SQLException {
      return new Lexeme(
          List.of((String[]) row.getArray("forms").getArray()), row.getBoolean("said"));
    }

    int length() {
      return forms.getFirst().length();
    }
  }

  private CardWords() {}

  /** With the words that lead there; none where nothing has to be there. */
  static CardCriteria led(Handle handle, CardCriteria card) {
    Stream<List<String>> capabilities =
        card.capabilities().stream().map(Capability.WORD::concat).map(List::of);
    Stream<List<String>> lexemes =
        card.text().filter(text -> PLAIN.matcher(text).matches()).stream()
            .flatMap(text -> lexemes(handle, text).stream());
    return card.ledToBy(Stream.concat(capabilities, lexemes).limit(MAX_WORDS).toList());
  }

  /** The longest first, as it is likely to be the rarest. */
  private static List<List<String>> lexemes(Handle handle, String text) {
    List<Lexeme> all =
        handle.createQuery(LEXEMES).bind("text", text).map((row, context) -> Lexeme.of(row)).list();
    Predicate<Lexeme> demanded =
        all.stream().anyMatch(Lexeme::said) ? Lexeme::said : lexeme -> true;
    return all.stream()
        .filter(demanded)
        .sorted(Comparator.comparingInt(Lexeme::length).reversed())
        .map(Lexeme::forms)
        .distinct()
        .toList();
  }

  /**
   * Agents under one of the words, or with a long file. Of each word as many as are walked: a
   * distinction of all would be made before the first is taken.
   *
   * @param walked SQL of which of the agents {@code m}, in which order and how many
   */
  static String agents(CardCriteria card, int word, String walked) {
    return Stream.concat(names(card, word), Stream.of("'" + LONG + "'"))
        .map(name -> "(" + under(name) + walked + ")")
        .collect(Collectors.joining(" union all ", "(select distinct agent_id from (", ") w) m"));
  }

  /** Agents under one of the words. */
  static String shortFiles(CardCriteria card, int word) {
    return names(card, word).map(CardWords::under).collect(Collectors.joining(" union all "));
  }

  private static String under(String name) {
    return "select m.agent_id from reputation_file.agent_word m where m.chain = :chain"
        + " and m.word = "
        + name;
  }

  /**
   * That an agent is under every word, each after {@code and}: asked before anything else is looked
   * up for it.
   *
   * @param id SQL of its number
   * @param known words that it is under, the first ones
   */
  static String all(CardCriteria card, String id, int known) {
    return IntStream.range(known, card.words().size())
        .mapToObj(
            word ->
                " and (select true from reputation_file.agent_word m where m.chain = :chain"
                    + " and m.agent_id = "
                    + id
                    + " and m.word in ("
                    + names(card, word).collect(Collectors.joining(", "))
                    + ", '"
                    + LONG
                    + "') limit 1)")
        .collect(Collectors.joining());
  }

  static void bind(Query query, CardCriteria card) {
    for (int word = 0; word < card.words().size(); word++) {
      List<String> forms = card.words().get(word);
      for (int form = 0; form < forms.size(); form++) {
        query.bind(name(word, form), forms.get(form));
      }
    }
  }

  private static Stream<String> names(CardCriteria card, int word) {
    return IntStream.range(0, card.words().get(word).size())
        .mapToObj(form -> ":" + name(word, form));
  }

  private static String name(int word, int form) {
    return "word" + word + "_" + form;
  }
}
