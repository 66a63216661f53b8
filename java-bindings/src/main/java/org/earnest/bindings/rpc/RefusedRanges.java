package org.earnest.bindings.rpc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How nodes say that they take no range of logs so large. JSON-RPC has no code for it, and every
 * provider its own words: some name a range that will do, some a number of blocks, some neither.
 */
final class RefusedRanges {
  /** What they speak of: a range or an answer, and that it is too much. */
  private static final Pattern OF_WHAT =
      Pattern.compile(
          "\\b(?:ranges?|blocks?|results?|logs|responses?|query)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern TOO_MUCH =
      Pattern.compile(
          "too (?:large|wide|big|many)|limit|exceed|greater than|larger than|more than|max|up to|over \\d"
              + "|this block range should work|timeout",
          Pattern.CASE_INSENSITIVE);

  /** What a node gave up over, whatever it speaks of. */
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "query time-?out|timed out|took too long|execution aborted \\(timeout",
          Pattern.CASE_INSENSITIVE);

  /** What is asked too often or for too much at once, whatever the range. */
  private static final Pattern OF_ANOTHER_KIND =
      Pattern.compile(
          "\\b(?:rps|concurren|per second|in flight|capacity|credits)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SUGGESTED =
      Pattern.compile(
          "\\[\\s*(0x[0-9a-f]{1,16})\\s*,\\s*(0x[0-9a-f]{1,16})\\s*]", Pattern.CASE_INSENSITIVE);

  private static final String NUMBER = "(\\d[\\d,]*)([km]?)\\b";

  /** Numbers that say how many blocks there may be, by the words before or after them. */
  private static final List<Pattern> MOST =
      Stream.of(
              "limited to (?:a |an |max )?" + NUMBER,
              "max(?:imum)?(?: is| range| block range)?(?: set to|:| of| allowed)?:? " + NUMBER,
              "ranges? (?:over|greater than|larger than) " + NUMBER,
              "up to (?:a |an )?" + NUMBER + " block",
              NUMBER + " blocks? (?:range|max)")
          .map(words -> Pattern.compile(words, Pattern.CASE_INSENSITIVE))
          .toList();

  private static final int HEX = 16;
  private static final int MAX_DIGITS = 12;
  private static final Map<String, Long> UNITS = Map.of("", 1L, "k", 1_000L, "m", 1_000_000L);

  private RefusedRanges() {}

  /** Whether it is about the range. */
  static boolean isOne(RpcReply.Failure failure) {
    String words = failure.message();
    return !RateLimits.isOne(failure) && !OF_ANOTHER_KIND.matcher(words).find() && isTooMuch(words);
  }

  /** Whether it is about the range; then how many blocks the node would take, where it says so. */
  static Optional<OptionalLong> blocks(RpcReply.Failure failure, long from, long to) {
    String words = failure.message();
    if (!isOne(failure)) {
      return Optional.empty();
    }
    OptionalLong told = suggested(words, from);
    if (told.isEmpty()) {
      told = most(words);
    }
    // What is no less than what was refused is no help.
    return Optional.of(
        told.isPresent() && told.getAsLong() >= 1 && told.getAsLong() <= to - from
            ? told
            : OptionalLong.empty());
  }

  private static boolean isTooMuch(String words) {
    return TOO_LONG.matcher(words).find()
        || (OF_WHAT.matcher(words).find() && TOO_MUCH.matcher(words).find());
  }

  private static OptionalLong suggested(String words, long from) {
    Matcher range = SUGGESTED.matcher(words);
    if (!range.find()) {
      return OptionalLong.empty();
    }
    long first = Long.parseUnsignedLong(range.group(1).substring(2), HEX);
    long last = Long.parseUnsignedLong(range.group(2).substring(2), HEX);
    return first == from && last >= first
        ? OptionalLong.of(last - first + 1)
        : OptionalLong.empty();
  }

  private static OptionalLong most(String words) {
    return MOST.stream()
        .map(pattern -> pattern.matcher(words))
        .filter(Matcher::find)
        .filter(number -> number.group(1).length() <= MAX_DIGITS)
        .mapToLong(RefusedRanges::blocks)
        .findFirst();
  }

  private static long blocks(Matcher number) {
    return Long.parseLong(number.group(1).replace(",", ""))
        * UNITS.getOrDefault(number.group(2).toLowerCase(Locale.ROOT), 1L);
  }
}
