package org.earnest.reputation;

import java.nio.file.Path;
import org.earnest.kit.http.Host;
import org.earnest.reputation.store.ReputationQueries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A chain with deals from a seed, and a database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnSandbox {
  static final long SEED = 5_318_008;
  private static final int SELLERS = 4;

  Sandbox sandbox;
  RandomDeals play;

  @SuppressWarnings("NullAway.Init") // there once it is served
  ReputationIndexer indexer;

  @SuppressWarnings("NullAway.Init")
  Api api;

  @SuppressWarnings("NullAway.Init")
  private Host host;

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    play = new RandomDeals(sandbox, SEED, SELLERS);
  }

  @AfterAll
  void end() throws Exception {
    sandbox.close();
  }

  /** Plays, and serves an index of all that there is by then. */
  final void serve(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      play.round();
    }
    indexer = sandbox.indexer();
    host = Host.builder().mount(indexer.service()).start();
    api = new Api(host);
    sandbox.followed(indexer);
  }

  final void stopServing() {
    host.close();
    indexer.close();
  }

  final ReputationQueries queries() {
    return new ReputationQueries(sandbox.database, sandbox.chain.chainId());
  }
}
