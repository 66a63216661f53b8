package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.Standing;
import org.earnest.reputation.store.StandingScope;

/** What an agent settled, as a picture for pages. */
final class BadgeRoute {
  static final Duration FRESH = Duration.ofMinutes(1);
  private static final int LONG_ID = 12;

  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final Stamps stamps;

  BadgeRoute(ReputationQueries queries, Caip10AccountId registry, Stamps stamps) {
    this.queries = queries;
    this.registry = registry;
    this.stamps = stamps;
  }

  void addTo(Routes routes) {
    routes.get("/agents/{agentId}/badge.svg", this::badge);
  }

  private void badge(Context context) {
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), registry);
    StandingScope scope = AgentParameters.scope(Query.of(context, "tag", "token"));
    Read.Found<List<Standing>> read = Stamps.found(queries.agents(List.of(id.tokenId()), scope));
    Standing standing =
        read.value().stream()
            .findFirst()
            .orElseThrow(() -> Stamps.unknown(id.toString(), read.at()));
    String svg = new Badge("agent " + brief(id), message(standing.settled())).svg();
    String tag = "\"" + Keccak256.hash(svg).hex().substring(2) + "\"";
    Answers.At at = stamps.at(read.at());
    context
        .header("ETag", tag)
        .header("Cache-Control", "public, max-age=" + FRESH.toSeconds())
        .header("Content-Security-Policy", "default-src 'none'")
        .header(
            "Earnest-At",
            "%s/%d/%s/%s".formatted(at.chainId(), at.blockNumber(), at.blockHash(), at.finality()));
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType("image/svg+xml; charset=utf-8").result(svg);
    }
  }

  static String message(SettledSummary settled) {
    if (settled.closed() == 0) {
      return "nothing settled";
    }
    String legs = settled.closed() + (settled.closed() == 1 ? " leg settled" : " legs settled");
    return legs + ReputationAnswers.average(settled).map(rating -> ", rated " + rating).orElse("");
  }

  /** An id may have 78 digits. */
  private static String brief(AgentId id) {
    String digits = id.tokenId().toString();
    return digits.length() <= LONG_ID ? digits : digits.substring(0, LONG_ID) + "…";
  }
}
