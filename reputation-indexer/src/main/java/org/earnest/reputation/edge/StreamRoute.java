package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.EventSink;
import org.earnest.kit.http.Routes;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.reputation.store.ChangePosition;
import org.earnest.reputation.store.Changes;
import org.earnest.reputation.store.ReputationQueries;
import tools.jackson.databind.JsonNode;

/**
 * Tells listeners what changes. Each reads on by itself from where it is, a page at a time: a slow
 * one holds nobody up and needs no queue, and one that comes back goes on where it was.
 */
final class StreamRoute {
  /** Changes that are read at once for one listener. */
  static final int PAGE = 100;

  /** Without a change for so long, the head is told. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Between two looks at the index's progress, which is in memory. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ReputationQueries queries;
  private final Caip10AccountId registry;
  private final Stamps stamps;
  private final Supplier<FollowProgress> progress;
  private final Duration heartbeat;

  StreamRoute(
      ReputationQueries queries,
      Caip10AccountId registry,
      Stamps stamps,
      Supplier<FollowProgress> progress,
      Duration heartbeat) {
    this.queries = queries;
    this.registry = registry;
    this.stamps = stamps;
    this.progress = progress;
    this.heartbeat = heartbeat;
  }

  /** A change, and the block of its log. */
  record ChangeEvent(
      String agentId, JsonNode detail, String transaction, int logIndex, Answers.At at) {}

  /** What was told of blocks above {@code to} is void. */
  record ReorgEvent(Answers.At from, Answers.At to) {}

  /** Everything was told up to here. */
  record HeadEvent(Answers.At at) {}

  void addTo(Routes routes) {
    routes.stream("/stream", this::tell);
  }

  private void tell(Context context, EventSink listener) throws IOException, InterruptedException {
    Query query = Query.of(context, "agent", "lastEventId");
    Optional<BigInteger> agent =
        query.text("agent").map(id -> AgentParameter.parse(id, registry)).map(AgentId::tokenId);
    Optional<ChangePosition> resumed =
        Optional.ofNullable(context.header("Last-Event-ID"))
            .or(() -> query.text("lastEventId"))
            .map(id -> EventId.read(id, registry.chain()));
    new Listening(listener, agent).tell(resumed);
  }

  /** One listener: where it is, and since when it was told nothing. */
  private final class Listening {
    private final EventSink listener;
    private final Optional<BigInteger> agent;
    private long told = System.nanoTime();

    Listening(EventSink listener, Optional<BigInteger> agent) {
      this.listener = listener;
      this.agent = agent;
    }

    void tell(Optional<ChangePosition> resumed) throws IOException, InterruptedException {
      ChangePosition position;
      if (resumed.isPresent()) {
        position = resumed.get();
        listener.comment();
      } else {
        position = Stamps.found(queries.head()).value();
        head(position);
      }
      while (true) {
        position = step(position);
      }
    }

    private ChangePosition step(ChangePosition position) throws IOException, InterruptedException {
      // Looked at before the rows are: whatever comes after them moves it, and is waited for.
      Optional<BlockRef> seen = progress.get().cursor();
      Changes changes;
      try {
        changes = queries.changes(position, agent, PAGE);
      } catch (DatabaseUnavailableException later) {
        listener.comment();
        Thread.sleep(RETRY);
        return position;
      }
      return switch (changes) {
        case Changes.NotBegun none -> await(position, seen);
        case Changes.Back back -> back(back);
        case Changes.Onward onward when onward.changes().isEmpty() -> await(onward.head(), seen);
        case Changes.Onward onward -> onward(onward);
      };
    }

    private ChangePosition onward(Changes.Onward onward) throws IOException {
      for (Changes.Change change : onward.changes()) {
        send(
            change.topic().name().toLowerCase(Locale.ROOT),
            change.position(),
            new ChangeEvent(
                new AgentId(registry, change.agentId()).toString(),
                StrictJson.readTree(change.detail().getBytes(StandardCharsets.UTF_8)),
                change.log().transaction().hex(),
                change.log().logIndex(),
                stamps.at(change.log().block())));
      }
      return onward.changes().getLast().position();
    }

    private ChangePosition back(Changes.Back back) throws IOException {
      ChangePosition common = back.common();
      send(
          "reorg", common, new ReorgEvent(Stamps.undoneAt(back.from()), stamps.at(common.block())));
      return common;
    }

    /**
     * Until the index moves, or the head is due, for which is looked again: the index may have gone
     * back and come to the same block meanwhile. The head is told where nothing else was for long.
     */
    private ChangePosition await(ChangePosition position, Optional<BlockRef> seen)
        throws IOException, InterruptedException {
      if (isHeadDue()) {
        head(position);
      }
      do {
        Thread.sleep(LOOK);
      } while (!isHeadDue() && progress.get().cursor().equals(seen));
      return position;
    }

    private boolean isHeadDue() {
      return System.nanoTime() - told > heartbeat.toNanos();
    }

    private void head(ChangePosition position) throws IOException {
      send("head", position, new HeadEvent(stamps.at(position.block())));
    }

    private void send(String type, ChangePosition position, Object event) throws IOException {
      listener.send(type, EventId.write(position), event);
      told = System.nanoTime();
    }
  }
}
