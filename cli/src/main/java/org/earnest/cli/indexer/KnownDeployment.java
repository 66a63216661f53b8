package org.earnest.cli.indexer;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.StartupException;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.store.ReputationStore;
import org.jdbi.v3.core.Handle;

/**
 * The deployment that the database's index is about. An index that went on with other contracts, or
 * from an earlier block, would lack what it never read and look whole.
 */
final class KnownDeployment {
  private static final String SCHEMA = "indexer";
  private static final String BEGIN_ANEW =
      "Start with --fresh to index anew, or use another database";

  private final Database database;

  private KnownDeployment(Database database) {
    this.database = database;
  }

  private record Known(
      String chain,
      String genesis,
      String identityRegistry,
      String reputationRegistry,
      Optional<String> dealEscrow,
      long fromBlock) {}

  /**
   * Holds a deployment against the one that the database knows, and remembers it where there is
   * none.
   *
   * @param asked the first block whose logs are wanted
   * @param otherwise asked for it where nobody said and nothing is known
   * @return the first block whose logs the index has
   * @throws StartupException {@code chain_replaced}, {@code deployment_replaced}, {@code
   *     from_block_changed} or {@code index_of_another}
   */
  static long require(
      Database database,
      FollowedContracts contracts,
      Hash32 genesis,
      OptionalLong asked,
      LongSupplier otherwise) {
    database.migrate(SCHEMA);
    database.migrate(ReputationStore.SCHEMA);
    KnownDeployment deployments = new KnownDeployment(database);
    Optional<Known> known = deployments.known();
    if (known.isPresent()) {
      requireSame(known.get(), of(contracts, genesis, known.get().fromBlock()));
      requireNoEarlier(known.get(), asked);
      return known.get().fromBlock();
    }
    deployments.requireNothingFollowed();
    long from = asked.orElseGet(otherwise);
    deployments.remember(of(contracts, genesis, from));
    return from;
  }

  private static Known of(FollowedContracts contracts, Hash32 genesis, long fromBlock) {
    return new Known(
        contracts.chain().toString(),
        genesis.hex(),
        contracts.identityRegistry().hex(),
        contracts.reputationRegistry().hex(),
        contracts.dealEscrow().map(EvmAddress::hex),
        fromBlock);
  }

  private static void requireSame(Known known, Known now) {
    if (!known.chain().equals(now.chain()) || !known.genesis().equals(now.genesis())) {
      throw new StartupException(
          "chain_replaced",
          "the database indexes the chain %s that begins with %s, but this is %s, %s"
              .formatted(known.chain(), known.genesis(), now.chain(), now.genesis()),
          "Name a node of that chain; or " + uncapitalised(BEGIN_ANEW));
    }
    if (!known.equals(now)) {
      throw new StartupException(
          "deployment_replaced",
          "the database indexes %s, but these are %s".formatted(told(known), told(now)),
          "Name those contracts; or " + uncapitalised(BEGIN_ANEW));
    }
  }

  private static void requireNoEarlier(Known known, OptionalLong asked) {
    if (asked.isPresent() && asked.getAsLong() < known.fromBlock()) {
      throw new StartupException(
          "from_block_changed",
          "the index begins with block %d and lacks what came before".formatted(known.fromBlock()),
          "Leave --from-block out; or " + uncapitalised(BEGIN_ANEW));
    }
  }

  private static String told(Known deployment) {
    return "identity %s, reputation %s and %s"
        .formatted(
            deployment.identityRegistry(),
            deployment.reputationRegistry(),
            deployment.dealEscrow().map("escrow "::concat).orElse("no escrow"));
  }

  private static String uncapitalised(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private void requireNothingFollowed() {
    boolean followed =
        database.call(
            handle ->
                handle
                    .createQuery("select exists (select 1 from reputation.followed_chain)")
                    .mapTo(Boolean.class)
                    .one());
    if (followed) {
      throw new StartupException(
          "index_of_another",
          "the database holds an index that another command made, such as dev",
          "Use a database of its own for the indexer");
    }
  }

  private Optional<Known> known() {
    return database.call(
        handle ->
            handle
                .createQuery("select * from indexer.deployment")
                .map(
                    (row, context) ->
                        new Known(
                            row.getString("chain"),
                            row.getString("genesis"),
                            row.getString("identity_registry"),
                            row.getString("reputation_registry"),
                            Optional.ofNullable(row.getString("deal_escrow")),
                            row.getLong("from_block")))
                .findOne());
  }

  private void remember(Known deployment) {
    database.run(
        (Handle handle) ->
            handle.execute(
                "insert into indexer.deployment (chain, genesis, identity_registry,"
                    + " reputation_registry, deal_escrow, from_block) values (?, ?, ?, ?, ?, ?)",
                deployment.chain(),
                deployment.genesis(),
                deployment.identityRegistry(),
                deployment.reputationRegistry(),
                deployment.dealEscrow().orElse(null),
                deployment.fromBlock()));
  }
}
