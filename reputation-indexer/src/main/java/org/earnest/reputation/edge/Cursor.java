package org.earnest.reputation.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;
import org.earnest.reputation.store.Read;

/**
 * Where a page ended, as an opaque word that is good for one listing as long as the block stands
 * that the page was read at. Its digest tells what was altered or belongs to another listing; it
 * keeps no secret, since positions are public.
 *
 * @param at the block of the page's answer
 * @param position the last entry's, numbers all
 */
record Cursor(BlockRef at, List<String> position) {
  private static final int MAX_LENGTH = 1_024;
  private static final int BLOCK_MEMBERS = 3;
  private static final int DIGEST_DIGITS = 24;
  private static final String SEPARATOR = "|";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,78}(\\.[0-9]{1,40})?");

  Cursor {
    position = List.copyOf(position);
  }

  /**
   * Writes it down.
   *
   * @param listing what is listed, its filters and its order included
   */
  String write(String listing) {
    String body =
        String.join(
            SEPARATOR,
            Stream.concat(
                    Stream.of(at.chain().toString(), Long.toString(at.number()), at.hash().hex()),
                    position.stream())
                .toList());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (body + SEPARATOR + digest(listing, body)).getBytes(StandardCharsets.UTF_8));
  }

  /** The cursor of the page after this one; empty when this one is not full. */
  static <T> Optional<String> next(
      Read.Found<List<T>> page, int limit, String listing, Function<T, List<String>> position) {
    return page.value().size() < limit
        ? Optional.empty()
        : Optional.of(new Cursor(page.at(), position.apply(page.value().getLast())).write(listing));
  }

  /** The cursor of a query, if it has one. */
  static Optional<Cursor> of(Query query, Caip2ChainId chain, String listing, int members) {
    return query.text("cursor").map(text -> read(text, chain, listing, members));
  }

  /**
   * Reads one; 400 {@code cursor_of_another_chain}, or {@code invalid_cursor} for what is no cursor
   * of this listing.
   */
  static Cursor read(String cursor, Caip2ChainId chain, String listing, int members) {
    List<String> parts = List.of(decode(cursor).split("\\|", -1));
    if (parts.size() < BLOCK_MEMBERS + 1) {
      throw invalid();
    }
    try {
      requireChain(Caip2ChainId.parse(parts.getFirst()), chain);
      List<String> body = parts.subList(0, parts.size() - 1);
      List<String> position = body.subList(BLOCK_MEMBERS, body.size());
      if (!digest(listing, String.join(SEPARATOR, body)).equals(parts.getLast())
          || position.size() != members
          || !position.stream().allMatch(part -> NUMBER.matcher(part).matches())) {
        throw invalid();
      }
      BlockRef at = new BlockRef(chain, Long.parseLong(parts.get(1)), new Hash32(parts.get(2)));
      return new Cursor(at, position);
    } catch (IllegalArgumentException malformed) {
      throw invalid();
    }
  }

  private static void requireChain(Caip2ChainId of, Caip2ChainId chain) {
    if (!of.equals(chain)) {
      throw Problem.of(
              400,
              "cursor_of_another_chain",
              "The cursor belongs to another chain",
              "It was given for %s, and this index follows %s. Begin the listing anew, without a cursor."
                  .formatted(of, chain))
          .asException();
    }
  }

  private static String decode(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw invalid();
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static String digest(String listing, String body) {
    return Keccak256.hash(listing + '\u0000' + body).hex().substring(2, 2 + DIGEST_DIGITS);
  }

  static ProblemException invalid() {
    return Problem.of(
            400,
            "invalid_cursor",
            "The cursor is not valid",
            "Give the member `next` of the page before as it came, to the same listing.")
        .asException();
  }
}
