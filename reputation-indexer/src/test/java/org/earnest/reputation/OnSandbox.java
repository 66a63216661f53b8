package org.earnest.reputation;

import java.nio.file.Path;
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

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    play = new RandomDeals(sandbox, SEED, SELLERS);
  }

  @AfterAll
  void end() throws Exception {
    sandbox.close();
  }

  final ReputationQueries queries() {
    return new ReputationQueries(sandbox.database, sandbox.chain.chainId());
  }
}
