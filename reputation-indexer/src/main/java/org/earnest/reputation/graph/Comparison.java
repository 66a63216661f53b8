package org.earnest.reputation.graph;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One member of a filter as SQL. */
final class Comparison {
  private final Ids ids;
  private final Binds binds;
  private final BlocksByTime blocks;

  Comparison(Ids ids, Binds binds, BlocksByTime blocks) {
    this.ids = ids;
    this.binds = binds;
    this.blocks = blocks;
  }

  String of(Column column, Operator operator, @Nullable Object value, String alias) {
    binds.count();
    String left = Listing.aliased(tuple(column.parts()), alias);
    if (operator.takesList()) {
      return in(column.kind(), left, operator, value);
    }
    if (column.kind() == Kind.TIME) {
      return time(left, operator, value);
    }
    return value == null
        ? absent(left, operator)
        : column.kind() == Kind.TEXTS
            ? contains(left, operator, texts(value))
            : compare(left, operator, bound(column.kind(), value));
  }

  /** By the block that is the first after a time: later blocks have no earlier times. */
  private String time(String left, Operator operator, @Nullable Object value) {
    if (value == null) {
      throw Refusal.filter("A time is compared with a time.");
    }
    BigInteger time = new BigInteger(value.toString());
    return switch (operator) {
      case GT -> left + " >= " + binds.add(blocks.firstAfter(time));
      case GTE -> left + " >= " + binds.add(blocks.firstAfter(time.subtract(BigInteger.ONE)));
      case LTE -> left + " < " + binds.add(blocks.firstAfter(time));
      case LT -> left + " < " + binds.add(blocks.firstAfter(time.subtract(BigInteger.ONE)));
      default -> throw new IllegalStateException("no time is compared by " + operator);
    };
  }

  private static String absent(String left, Operator operator) {
    return switch (operator) {
      case EQUAL -> left + " is null";
      case NOT -> left + " is not null";
      default -> throw Refusal.filter("null is compared by a member alone or by _not.");
    };
  }

  private String in(Kind kind, String left, Operator operator, @Nullable Object value) {
    List<?> members = value instanceof List<?> list ? list : List.of();
    binds.countMembers(members.size());
    boolean in = operator == Operator.IN;
    return switch (kind) {
      case AGENT_ID -> among(left, in, "numeric", here(members, ids::agent));
      case FEEDBACK_ID ->
          left
              + (in ? " in" : " not in")
              + " (select * from "
              + binds.entries(here(members, ids::feedback))
              + ")";
      case STRING, BYTES, VALIDATION_STATUS ->
          among(left, in, "text", members.stream().map(Comparison::text).toList());
      case HASH_ID -> among(left, in, "text", members.stream().map(Comparison::lowerCase).toList());
      case BOOLEAN -> among(left, in, "boolean", members);
      case INTEGER, DECIMAL, SMALL -> among(left, in, "numeric", members);
      case TEXTS, TIME, RESPONSE_ID, METADATA_ID ->
          throw new IllegalStateException("no list is compared with " + kind);
    };
  }

  private String among(String left, boolean in, String type, List<?> members) {
    return left + (in ? " = any (" : " <> all (") + binds.addAll(type, members) + ")";
  }

  /** Without ids that are none here, which equal nothing. */
  private static <T> List<T> here(List<?> members, Function<String, Optional<T>> id) {
    return members.stream().map(Comparison::text).map(id).flatMap(Optional::stream).toList();
  }

  private static String compare(String left, Operator operator, String right) {
    return switch (operator) {
      case EQUAL -> left + " = " + right;
      case NOT -> left + " is distinct from " + right;
      case GT -> left + " > " + right;
      case LT -> left + " < " + right;
      case GTE -> left + " >= " + right;
      case LTE -> left + " <= " + right;
      case CONTAINS -> "position(" + right + " in " + left + ") > 0";
      case CONTAINS_NOCASE -> "position(lower(" + right + ") in lower(" + left + ")) > 0";
      case NOT_CONTAINS -> "coalesce(position(" + right + " in " + left + "), 0) = 0";
      case NOT_CONTAINS_NOCASE ->
          "coalesce(position(lower(" + right + ") in lower(" + left + ")), 0) = 0";
      case STARTS_WITH -> "starts_with(" + left + ", " + right + ")";
      case STARTS_WITH_NOCASE -> "starts_with(lower(" + left + "), lower(" + right + "))";
      case ENDS_WITH -> "right(" + left + ", char_length(" + right + ")) = " + right;
      case ENDS_WITH_NOCASE ->
          "lower(right(%1$s, char_length(%2$s))) = lower(%2$s)".formatted(left, right);
      case IN, NOT_IN -> throw new IllegalStateException("lists are compared elsewhere");
    };
  }

  private String contains(String left, Operator operator, List<String> words) {
    boolean anyCase =
        operator == Operator.CONTAINS_NOCASE || operator == Operator.NOT_CONTAINS_NOCASE;
    String wanted = binds.addAll("text", words);
    String contained =
        anyCase
            ? "coalesce((%s) @> (%s), false)".formatted(lowerCases(left), lowerCases(wanted))
            : "coalesce(%s @> %s, false)".formatted(left, wanted);
    return operator == Operator.CONTAINS || operator == Operator.CONTAINS_NOCASE
        ? contained
        : "not " + contained;
  }

  private static String lowerCases(String texts) {
    return "select coalesce(array_agg(lower(w)), cast('{}' as text[])) from unnest("
        + texts
        + ") w";
  }

  /** An id that is none here equals nothing. */
  private String bound(Kind kind, Object value) {
    return switch (kind) {
      case AGENT_ID -> {
        Optional<BigInteger> agent = ids.agent(text(value));
        yield "cast(" + binds.add(agent.orElse(null)) + " as numeric)";
      }
      case FEEDBACK_ID -> {
        Optional<Ids.FeedbackKey> key = ids.feedback(text(value));
        yield "(cast(%s as numeric), cast(%s as text), cast(%s as bigint))"
            .formatted(
                binds.add(key.map(Ids.FeedbackKey::agentId).orElse(null)),
                binds.add(key.map(Ids.FeedbackKey::client).orElse(null)),
                binds.add(key.map(Ids.FeedbackKey::index).orElse(null)));
      }
      case STRING, BYTES, VALIDATION_STATUS -> "cast(" + binds.add(text(value)) + " as text)";
      case HASH_ID -> "cast(" + binds.add(lowerCase(value)) + " as text)";
      case BOOLEAN, INTEGER, DECIMAL, SMALL -> binds.add(value);
      case TEXTS, TIME, RESPONSE_ID, METADATA_ID ->
          throw new IllegalStateException("no single value is compared with " + kind);
    };
  }

  private List<String> texts(Object value) {
    List<?> words = value instanceof List<?> list ? list : List.of(value);
    binds.countMembers(words.size());
    return words.stream().map(Comparison::text).toList();
  }

  private static String lowerCase(Object value) {
    return text(value).toLowerCase(Locale.ROOT);
  }

  /** Whether it is short enough, and nothing that PostgreSQL cannot hold. */
  static boolean isComparable(String text) {
    return text.length() <= Bounds.MAX_TEXT && text.indexOf('\u0000') < 0;
  }

  private static String text(Object value) {
    String text = value.toString();
    if (!isComparable(text)) {
      throw Refusal.filter(
          "A text to compare with has at most %d characters, none of them U+0000."
              .formatted(Bounds.MAX_TEXT));
    }
    return text;
  }

  private static String tuple(List<String> parts) {
    return parts.size() == 1 ? parts.getFirst() : "(" + String.join(", ", parts) + ")";
  }
}
