package org.earnest.reputation.store;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.kit.follow.FollowStore;
import org.earnest.kit.follow.TimedBlock;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.chain.LogReader;
import org.jdbi.v3.core.Handle;

/**
 * Everything that is known of one deployment's agents: rows, aggregates and cursor change together
 * in one transaction.
 */
public final class ReputationStore implements FollowStore {
  public static final String SCHEMA = "reputation";

  private final Database database;
  private final FollowedContracts contracts;
  private final FollowLedger ledger;
  private final LogReader reader;

  /** A store in a database whose schema {@value #SCHEMA} is migrated. */
  public ReputationStore(Database database, FollowedContracts contracts) {
    this.database = database;
    this.contracts = contracts;
    this.ledger = new FollowLedger(contracts.chain(), SCHEMA);
    this.reader = new LogReader(contracts);
  }

  @Override
  public Optional<Hash32> genesis() {
    return database.call(ledger::genesis);
  }

  @Override
  public void begin(Hash32 genesis, BlockRef base) {
    database.run(
        (Handle handle) -> {
          ledger.begin(handle, genesis, base);
          UncountedStandings.begin(handle, contracts.chain());
        });
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
          Intake.take(reader, handle, logs);
        });
  }

  @Override
  public void caughtUp() {
    database.run((Handle handle) -> UncountedStandings.count(handle, contracts.chain()));
  }

  @Override
  public void rewind(BlockRef to) {
    database.run(
        (Handle handle) -> {
          ledger.rewind(handle, to);
          AgentRows.rewind(handle, contracts.chain(), to.number());
          MetadataRows.rewind(handle, contracts.chain(), to.number());
          ValidationRows.rewind(handle, contracts.chain(), to.number());
          SettledRows.rewind(handle, contracts.chain(), to.number());
          FeedbackRows.rewind(handle, contracts.chain(), to.number());
          Intake.rewind(handle, contracts.chain(), to.number());
          handle.execute(
              "update reputation.enlisted_files set block_number = least(block_number, ?)"
                  + " where chain = ?",
              to.number(),
              contracts.chain().toString());
        });
  }
}
