package org.earnest.cli.indexer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Columns;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.StartupException;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.store.ReputationStore;
import org.jdbi.v3.core.Handle;

/**
 * The deployment that the database's index is about, on one chain. An index that went on with other
 * contracts, or from an earlier block, would lack what it never read and look whole.
 */
final class KnownDeployment {
  private static final String SCHEMA = "indexer";
  private static final String BEGIN_ANEW =
      "start with --fresh to index anew, or use another database";

  private final Database database;
  private final FollowedContracts contracts;
  private final Optional<Known> known;

  private KnownDeployment(Database database, FollowedContracts contracts, Optional<Known> known) {
    this.database = database;
    this.contracts = contracts;
    this.known = known;
  }

  private record Known(
      String chain,
      String genesis,
      String identityRegistry,
      String reputationRegistry,
      Optional<String> validationRegistry,
      Optional<String> dealEscrow,
      long fromBlock) {}

  /** Brings the schemas up to date that it and the index need. */
  static void migrate(Database database) {
    database.migrate(SCHEMA);
    database.migrate(ReputationStore.SCHEMA);
  }

  /** What is known of the chain that these are on. */
  static KnownDeployment of(Database database, FollowedContracts contracts) {
    return new KnownDeployment(database, contracts, find(database, contracts.chain()));
  }

  boolean isKnown() {
    return known.isPresent();
  }

  /**
   * Refuses to add a chain to others, where nobody said which is meant.
   *
   * @throws StartupException {@code chain_replaced}
   */
  void requireNoOtherChain() {
    if (known.isEmpty()) {
      others().stream()
          .findFirst()
          .ifPresent(
              other -> {
                throw replaced(
                    "the database indexes the chain %s, but this is %s"
                        .formatted(other, contracts.chain()));
              });
    }
  }

  /**
   * Refuses another chain of the same id.
   *
   * @throws StartupException {@code chain_replaced}
   */
  void requireGenesis(Hash32 genesis) {
    Known before = known.orElseThrow();
    if (!before.genesis().equals(genesis.hex())) {
      throw replaced(
          "the database indexes the chain %s that begins with %s, but this one begins with %s"
              .formatted(before.chain(), before.genesis(), genesis.hex()));
    }
  }

  private static StartupException replaced(String why) {
    return new StartupException(
        "chain_replaced", why, "Name a node of that chain; or " + BEGIN_ANEW);
  }

  /**
   * Holds the contracts against those that the database knows.
   *
   * @param asked the first block whose logs are wanted
   * @return the first block whose logs the index has
   * @throws StartupException {@code deployment_replaced} or {@code from_block_changed}
   */
  long require(OptionalLong asked) {
    Known before = known.orElseThrow();
    Known now = of(contracts, before.genesis(), before.fromBlock());
    if (!before.equals(now)) {
      throw new StartupException(
          "deployment_replaced",
          "the database indexes %s, but these are %s".formatted(told(before), told(now)),
          "Name those contracts; or " + BEGIN_ANEW);
    }
    if (asked.isPresent() && asked.getAsLong() < before.fromBlock()) {
      throw new StartupException(
          "from_block_changed",
          "the index begins with block %d and lacks what came before".formatted(before.fromBlock()),
          "Leave the first block out; or " + BEGIN_ANEW);
    }
    return before.fromBlock();
  }

  /**
   * Remembers a deployment that is new to the database.
   *
   * @param asked the first block whose logs are wanted
   * @param otherwise asked for it where nobody said
   * @return that block
   * @throws StartupException {@code index_of_another}
   */
  long begin(Hash32 genesis, OptionalLong asked, LongSupplier otherwise) {
    requireNothingFollowed();
    long from = asked.orElseGet(otherwise);
    remember(of(contracts, genesis.hex(), from));
    return from;
  }

  private static Known of(FollowedContracts contracts, String genesis, long fromBlock) {
    return new Known(
        contracts.chain().toString(),
        genesis,
        contracts.identityRegistry().hex(),
        contracts.reputationRegistry().hex(),
        contracts.validationRegistry().map(EvmAddress::hex),
        contracts.dealEscrow().map(EvmAddress::hex),
        fromBlock);
  }

  private static String told(Known deployment) {
    return "identity %s, reputation %s, %s and %s"
        .formatted(
            deployment.identityRegistry(),
            deployment.reputationRegistry(),
            deployment.validationRegistry().map("validation "::concat).orElse("no validation"),
            deployment.dealEscrow().map("escrow "::concat).orElse("no escrow"));
  }

  private void requireNothingFollowed() {
    boolean followed =
        database.call(
            handle ->
                handle
                    .createQuery(
                        "select exists (select 1 from reputation.followed_chain"
                            + " where chain not in (select chain from indexer.deployment))")
                    .mapTo(Boolean.class)
                    .one());
    if (followed) {
      throw new StartupException(
          "index_of_another",
          "the database holds an index that another command made, such as dev",
          "Use a database of its own for the indexer");
    }
  }

  private List<String> others() {
    return database.call(
        handle ->
            handle
                .createQuery("select chain from indexer.deployment order by chain")
                .mapTo(String.class)
                .list());
  }

  private static Optional<Known> find(Database database, Caip2ChainId chain) {
    return database.call(
        handle ->
            handle
                .createQuery("select * from indexer.deployment where chain = ?")
                .bind(0, chain.toString())
                .map(
                    (row, context) ->
                        new Known(
                            row.getString("chain"),
                            row.getString("genesis"),
                            row.getString("identity_registry"),
                            row.getString("reputation_registry"),
                            Columns.text(row, "validation_registry"),
                            Columns.text(row, "deal_escrow"),
                            row.getLong("from_block")))
                .findOne());
  }

  private void remember(Known deployment) {
    database.run(
        (Handle handle) ->
            handle.execute(
                "insert into indexer.deployment (chain, genesis, identity_registry,"
                    + " reputation_registry, validation_registry, deal_escrow, from_block)"
                    + " values (?, ?, ?, ?, ?, ?, ?)",
                deployment.chain(),
                deployment.genesis(),
                deployment.identityRegistry(),
                deployment.reputationRegistry(),
                deployment.validationRegistry().orElse(null),
                deployment.dealEscrow().orElse(null),
                deployment.fromBlock()));
  }
}
