package org.earnest.payments.edge;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.facilitator.Catalogue;
import org.earnest.payments.facilitator.Listing;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What may be bought, in the shape of the reference's bazaar. */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final int DEFAULT_PAGE = 20;
  private static final int MAX_OFFSET = 1_000_000;
  private static final int MAX_WORDS = 8;

  private final Catalogue catalogue;
  private final InstantSource clock;

  Discovery(Catalogue catalogue, InstantSource clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  void routes(Routes routes) {
    routes.get("/discovery/resources", this::list);
    routes.get("/discovery/search", this::search);
  }

  /** Remembers what a settled payment bought; the payment stands, whatever becomes of this. */
  void sold(FacilitatorRequest request) {
    try {
      if (EvmPayments.of(request) instanceof Reading.Understood<EvmPayment> payment) {
        Listing.of(request, clock.instant())
            .ifPresent(listing -> catalogue.sold(payment.value().key().id(), listing));
      }
    } catch (RuntimeException failed) {
      LOG.warn("what was sold is not listed", failed);
    }
  }

  private void list(Context context) {
    int limit = number(context, "limit", DEFAULT_PAGE, 1, Catalogue.MAX_PAGE);
    int offset = number(context, "offset", 0, 0, MAX_OFFSET);
    Catalogue.Page page = catalogue.list(type(context), List.of(), limit, offset);
    ObjectNode answer = answer("items", page);
    answer
        .putObject("pagination")
        .put("limit", limit)
        .put("offset", offset)
        .put("total", page.total());
    send(context, answer);
  }

  private void search(Context context) {
    int limit = number(context, "limit", DEFAULT_PAGE, 1, Catalogue.MAX_PAGE);
    String query = Optional.ofNullable(context.queryParam("query")).orElse("");
    List<String> words =
        Arrays.stream(query.toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .limit(MAX_WORDS)
            .toList();
    Catalogue.Page page = catalogue.list(type(context), words, limit, 0);
    ObjectNode answer = answer("resources", page);
    send(context, answer.put("partialResults", page.total() > page.listings().size()));
  }

  private static ObjectNode answer(String name, Catalogue.Page page) {
    ObjectNode answer =
        JsonNodeFactory.instance.objectNode().put("x402Version", PaymentHeaders.X402_VERSION);
    ArrayNode items = answer.putArray(name);
    page.listings().forEach(listing -> items.add(listing.shown()));
    return answer;
  }

  private static Optional<String> type(Context context) {
    return Optional.ofNullable(context.queryParam("type"));
  }

  private static int number(Context context, String name, int absent, int least, int most) {
    String text = context.queryParam(name);
    return text == null
        ? absent
        : Requests.parse(
            "query parameter " + name,
            () -> {
              int value = Integer.parseInt(text);
              if (value < least || value > most) {
                throw new IllegalArgumentException("must be %d to %d".formatted(least, most));
              }
              return value;
            });
  }

  private static void send(Context context, ObjectNode answer) {
    context.contentType("application/json").result(answer.toString());
  }
}
