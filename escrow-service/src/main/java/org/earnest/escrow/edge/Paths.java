package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.util.List;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.store.DealQueries.Position;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.jspecify.annotations.Nullable;

/** What a path and a query name. */
final class Paths {
  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 100;

  private Paths() {}

  static DealId deal(Context context) {
    return Requests.parse(
        "path parameter dealId", () -> new DealId(new Hash32(context.pathParam("dealId"))));
  }

  static int leg(Context context) {
    String text = context.pathParam("leg");
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) >= DealTerms.MAX_LEGS) {
      throw Problem.invalidRequest(
              "path parameter leg: a number from 0 to " + (DealTerms.MAX_LEGS - 1))
          .asException();
    }
    return Integer.parseInt(text);
  }

  static EvmAddress party(Context context) {
    return account(context, "party");
  }

  static EvmAddress account(Context context, String name) {
    @Nullable String account = context.queryParam(name);
    if (account == null) {
      throw Problem.invalidRequest("query parameter " + name + ": an account's address is needed")
          .asException();
    }
    return Requests.parse("query parameter " + name, () -> new EvmAddress(account));
  }

  static int limit(Context context) {
    @Nullable String limit = context.queryParam("limit");
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MAX_LIMIT) {
      throw Problem.invalidRequest("query parameter limit: 1 to " + MAX_LIMIT).asException();
    }
    return Integer.parseInt(limit);
  }

  /** A cursor is {@code block-logIndex} of the page's last deal. */
  static Position cursor(Context context) {
    @Nullable String cursor = context.queryParam("cursor");
    if (cursor == null) {
      return Position.START;
    }
    if (!cursor.matches("[0-9]{1,18}-[0-9]{1,9}")) {
      throw Problem.of(
              400,
              "invalid_cursor",
              "The cursor is not valid",
              "Give the member `next` of the page before as it came.")
          .asException();
    }
    List<String> parts = List.of(cursor.split("-", 2));
    return new Position(Long.parseLong(parts.getFirst()), Integer.parseInt(parts.getLast()));
  }
}
