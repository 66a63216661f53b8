package org.earnest.escrow.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.kit.follow.FollowStore;
import org.earnest.kit.follow.TimedBlock;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/** Takes the escrow's events in: rows and cursor in one transaction. */
public final class DealStore implements FollowStore {
  public static final String SCHEMA = "escrow";

  private final Database database;
  private final Caip2ChainId chain;
  private final FollowLedger ledger;

  /** A store in a database whose schema {@value #SCHEMA} is migrated. */
  public DealStore(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
    this.ledger = new FollowLedger(chain, SCHEMA);
  }

  @Override
  public Optional<Hash32> genesis() {
    return database.call(ledger::genesis);
  }

  @Override
  public void begin(Hash32 genesis, BlockRef base) {
    database.run((Handle handle) -> ledger.begin(handle, genesis, base));
  }

  @Override
  public Optional<BlockRef> cursor() {
    return database.call(ledger::cursor);
  }

  @Override
  public List<BlockRef> recorded(long below, int limit) {
    return database.call(handle -> ledger.recorded(handle, below, limit));
  }

  @Override
  public void append(BlockRef from, TimedBlock to, List<ChainLog> logs) {
    database.run(
        (Handle handle) -> {
          ledger.advance(handle, from, to, logs);
          logs.forEach(log -> take(handle, log));
        });
  }

  /** Nothing is put off. */
  @Override
  public void caughtUp() {}

  @Override
  public void rewind(BlockRef to) {
    database.run(
        (Handle handle) -> {
          ledger.rewind(handle, to);
          DealRows.rewind(handle, chain, to.number());
        });
  }

  private static void take(Handle handle, ChainLog log) {
    switch (EventDecoder.decode(log)) {
      case Decoding.Decoded decoded -> {
        if (decoded.event() instanceof DealEvent event) {
          DealRows.apply(handle, log.ref(), event);
        }
      }
      case Decoding.Unrecognised unrecognised -> {}
      case Decoding.Malformed malformed -> quarantine(handle, log, malformed.reason());
    }
  }

  private static void quarantine(Handle handle, ChainLog log, String reason) {
    DealRows.at(handle, "quarantine", "topics, data, reason", ":topics, :data, :reason", log.ref())
        .bind("topics", log.topics().stream().map(Hash32::hex).collect(Collectors.joining(" ")))
        .bind("data", log.data())
        .bind("reason", DealRows.storable(reason))
        .execute();
  }
}
