package org.earnest.reputation.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.earnest.core.chain.BlockRef;
import org.jspecify.annotations.Nullable;

/** Gathers what fields of one level ask for, so that each kind is one read. */
final class Loaders {
  static final String FEEDBACK_OF_AGENT = "feedback of agents";
  static final String METADATA_OF_AGENT = "metadata of agents";
  static final String VALIDATIONS_OF_AGENT = "validations of agents";
  static final String RESPONSES = "responses";
  static final String TIMES = "times";

  private Loaders() {}

  /** A page of rows that belong to another. */
  record Nested(String parent, Listing listing) {}

  static DataLoaderRegistry of(Session session) {
    DataLoaderRegistry.Builder registry = DataLoaderRegistry.newRegistry();
    for (Entity entity : Entities.ALL) {
      if (entity.one().isPresent()) {
        registry.register(
            entity.type(),
            Loaders.<String, @Nullable Row>loader(ids -> byIds(session, entity, ids)));
      }
    }
    for (String ofAgents : List.of(FEEDBACK_OF_AGENT, METADATA_OF_AGENT, VALIDATIONS_OF_AGENT)) {
      registry.register(
          ofAgents,
          Loaders.<Nested, List<Row>>loader(
              keys -> nested(keys, session::ofAgents, row -> row.text("agent"))));
    }
    registry.register(
        RESPONSES,
        Loaders.<Nested, List<Row>>loader(
            keys -> nested(keys, session::ofFeedback, row -> row.text("feedback"))));
    registry.register(TIMES, Loaders.<BlockRef, Long>loader(session::times));
    return registry.build();
  }

  /** In the thread that dispatches: a connection is for one. */
  private static <K, V extends @Nullable Object> DataLoader<K, V> loader(
      Function<List<K>, List<V>> read) {
    return DataLoaderFactory.newDataLoader(
        keys -> {
          try {
            return (CompletionStage<List<V>>) CompletableFuture.completedFuture(read.apply(keys));
          } catch (Refusal refusal) {
            return CompletableFuture.failedFuture(refusal);
          }
        },
        DataLoaderOptions.newOptions().setMaxBatchSize(Bounds.MAX_MEMBERS).build());
  }

  private static List<@Nullable Row> byIds(Session session, Entity entity, List<String> ids) {
    Map<String, Row> found = new HashMap<>();
    session.list(Listing.ofIds(entity, ids)).forEach(row -> found.put(row.text("id"), row));
    List<@Nullable Row> rows = new ArrayList<>();
    ids.forEach(id -> rows.add(found.get(id)));
    return rows;
  }

  /** One read for each way in which they are asked for. */
  private static List<List<Row>> nested(
      List<Nested> keys,
      BiFunction<Listing, List<String>, List<Row>> read,
      Function<Row, String> parent) {
    Map<Listing, List<String>> parents = new LinkedHashMap<>();
    keys.forEach(
        key -> parents.computeIfAbsent(key.listing(), it -> new ArrayList<>()).add(key.parent()));
    Map<Nested, List<Row>> found = new HashMap<>();
    parents.forEach(
        (listing, of) ->
            read.apply(listing, of)
                .forEach(
                    row ->
                        found
                            .computeIfAbsent(
                                new Nested(parent.apply(row), listing), it -> new ArrayList<>())
                            .add(row)));
    return keys.stream().map(key -> found.getOrDefault(key, List.of())).toList();
  }
}
