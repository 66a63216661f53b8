package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.fold.FeedbackSummary;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What numbers come from: the right rows, read without a page of the table for each of them. */
class SourcesIT {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final int AGENTS = 50;
  private static final int ENTRIES = 10_000;

  /** Of its entries some have long texts; the others' agents' have none. */
  private static final BigInteger WORDY = BigInteger.valueOf(7);

  private static final BigInteger TERSE = BigInteger.valueOf(8);
  private static final long MIDDLE = ENTRIES / 2;

  /** Whoever plans a statement may look at the ends of an index; twenty entries are on twenty. */
  private static final int FEW_PAGES = 10;

  private static final int PAGE = 10;

  private static final List<String> TABLES =
      List.of("feedback", "feedback_revocation", "feedback_response", "settled_record");

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  private final FeedbackReads feedback = new FeedbackReads(CHAIN);
  private final SettledReads settled = new SettledReads(CHAIN);
  private final PastReads past = new PastReads(CHAIN);

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    database.migrate(ReputationStore.SCHEMA);
    database.run(SourcesIT::fill);
    BlockRef head = new BlockRef(CHAIN, ENTRIES, Hash32.ZERO);
    FollowProgress there =
        new FollowProgress(
            Optional.of(head), Optional.of(head), Optional.of((long) ENTRIES), Optional.empty());
    LIFECYCLE.start(() -> LateIndexes.start(database, CHAIN, () -> there));
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(SourcesIT::areIndexed);
    // As the server does by itself in time.
    database.call(handle -> handle.execute("vacuum analyze"));
  }

  private static boolean areIndexed() {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select not exists (select from pg_locks where locktype = 'advisory')"
                        + " and count(*) filter (where indisvalid) = 4 from pg_index"
                        + " where indexrelid in (to_regclass('reputation.feedback_listed'),"
                        + " to_regclass('reputation.feedback_value'),"
                        + " to_regclass('reputation.settled_record_gross'),"
                        + " to_regclass('reputation.feedback_with_long_texts'))")
                .mapTo(Boolean.class)
                .one());
  }

  /** An entry and a record in each block, for one agent after the other. */
  private static void fill(Handle handle) {
    handle.execute(
        """
        insert into reputation.feedback
          select ?, n, '0x' || lpad(to_hex(n), 64, '0'), n % 5, '0x' || repeat('ab', 32), n % ?,
            '0x' || lpad(to_hex(n % 3), 40, '0'), n, n % 100, n % 3, 'tag' || n / 50 % 7,
            case when n / 50 % 4 = 0 then 'quality' else '' end,
            case when n % 50 = 7 and n % 3 = 0 then repeat('x', 5000) else 'https://a.example' end,
            '', '0x' || repeat('cd', 32) from generate_series(1, ?) n""",
        CHAIN.toString(), AGENTS, ENTRIES);
    handle.execute(
        """
        insert into reputation.feedback_revocation
          select chain, block_number, block_hash, 100, transaction, agent_id, client, feedback_index
          from reputation.feedback where block_number / 50 % 5 = 0""");
    handle.execute(
        """
        insert into reputation.feedback_response
          select chain, block_number, block_hash, 200, transaction, agent_id, client, feedback_index,
            client, 'https://r.example', '0x' || repeat('ef', 32)
          from reputation.feedback where block_number / 50 % 4 = 0""");
    handle.execute(
        """
        insert into reputation.settled_record
          select chain, block_number, block_hash, 300, transaction, 'payee', agent_id, 0,
            '0x' || repeat('70', 20), '0x' || repeat('a' || block_number / 50 % 3, 32),
            '0x' || lpad(to_hex(block_number), 64, '0'), 0, 'accepted', block_number, 50, false,
            false, false
          from reputation.feedback""");
    handle.execute(
        """
        insert into reputation.settled_summary (chain, agent_id, epoch, token, tag, volume, closed,
            rated, rating_sum, missed, late, lost)
          select chain, agent_id, epoch, token, tag, sum(gross), count(*), count(*), sum(rating),
            0, 0, 0 from reputation.settled_record group by chain, agent_id, epoch, token, tag""");
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @Test
  void tellsOfEveryEntryInTheOrderOfTheChain() {
    for (FeedbackFilter filter :
        List.of(
            FeedbackFilter.ANY,
            FeedbackFilter.tagged(Optional.of("tag3")),
            FeedbackFilter.tagged(Optional.of("quality")),
            filter(Optional.empty(), true),
            filter(Optional.of(new EvmAddress("0x" + "0".repeat(39) + "1")), false))) {
      List<Feedback> paged = new ArrayList<>();
      Optional<FeedbackPosition> after = Optional.empty();
      List<FeedbackEntry> page = page(filter, after);
      while (!page.isEmpty()) {
        page.forEach(entry -> paged.add(entry.feedback()));
        after = Optional.of(position(page.getLast()));
        page = page(filter, after);
      }
      assertThat(paged.stream().map(Feedback::index).toList())
          .as("%s", filter)
          .isNotEmpty()
          .isEqualTo(expected(filter));
    }
  }

  private static FeedbackFilter filter(Optional<EvmAddress> client, boolean revoked) {
    return new FeedbackFilter(
        client,
        Optional.empty(),
        Optional.of(revoked),
        Optional.empty(),
        Optional.empty(),
        TimeSpan.ALWAYS);
  }

  private static FeedbackPosition position(FeedbackEntry last) {
    Feedback given = last.feedback();
    return new FeedbackPosition(
        FeedbackSummary.scaled(given.value(), given.valueDecimals()),
        given.log().block().number(),
        given.log().logIndex());
  }

  private List<FeedbackEntry> page(FeedbackFilter filter, Optional<FeedbackPosition> after) {
    EntryOrder order = new EntryOrder(EntryOrder.Sort.TIME, false);
    return database.call(
        handle ->
            feedback.page(
                handle, WORDY, new FeedbackListing(filter, order, after, 7), BlockSpan.ALL));
  }

  private static List<Long> expected(FeedbackFilter filter) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select feedback_index from reputation.feedback where agent_id = :agent"
                        + " and coalesce(:tag in (tag1, tag2), true)"
                        + " and coalesce(client = :client, true)"
                        + " and coalesce(cast(:revoked as boolean) = (block_number / 50 % 5 = 0), true)"
                        + " order by block_number, log_index")
                .bind("agent", WORDY)
                .bind("tag", filter.tag().orElse(null))
                .bind("client", filter.client().map(EvmAddress::hex).orElse(null))
                .bind("revoked", filter.revoked().orElse(null))
                .mapTo(Long.class)
                .list());
  }

  @Test
  void explainsAnAverageByTheNewestEntriesWhateverTheirTexts() {
    List<Long> newest = expected(FeedbackFilter.ANY).reversed();
    for (long last : List.of(Long.MAX_VALUE, MIDDLE)) {
      FeedbackAverage average =
          database.call(handle -> feedback.average(handle, WORDY, scope(Optional.empty()), last));
      assertThat(average.evidence().stream().map(FeedbackSource::index).toList())
          .isEqualTo(
              newest.stream()
                  .filter(index -> index <= last)
                  .limit(ReputationQueries.MAX_ENTRIES)
                  .toList());
      assertThat(average.evidence()).extracting(FeedbackSource::revoked).contains(true, false);
    }
  }

  private static ReputationScope scope(Optional<String> tag) {
    return new ReputationScope(Optional.empty(), tag, true, Optional.empty());
  }

  @Test
  void readsNoPageOfATableForAnEntryOrARecord() {
    assertReadsIndexesAlone(
        handle -> feedback.average(handle, TERSE, scope(Optional.empty())).evidence());
    assertReadsIndexesAlone(
        handle -> feedback.average(handle, TERSE, scope(Optional.of("tag2"))).evidence());
    assertReadsIndexesAlone(
        handle -> List.of(feedback.average(handle, TERSE, scope(Optional.empty()), MIDDLE)));
    assertReadsIndexesAlone(handle -> past.sums(handle, TERSE, scope(Optional.empty()), MIDDLE));
    assertReadsIndexesAlone(
        handle ->
            settled
                .evidence(
                    handle,
                    TERSE,
                    settled.sums(handle, TERSE, scope(Optional.empty())).stream()
                        .map(SettledReads.Sum::key)
                        .toList(),
                    Long.MAX_VALUE)
                .values());
  }

  @Test
  void walksNoFurtherThanAPageInTheOrderOfValues() {
    for (boolean descending : List.of(true, false)) {
      EntryOrder order = new EntryOrder(EntryOrder.Sort.VALUE, descending);
      Optional<FeedbackPosition> middle =
          Optional.of(new FeedbackPosition(FeedbackSummary.scaled(BigInteger.TWO, 0), MIDDLE, 0));
      assertReadsFewRows(
          handle ->
              feedback.page(
                  handle,
                  WORDY,
                  new FeedbackListing(FeedbackFilter.ANY, order, middle, PAGE),
                  BlockSpan.ALL));
      assertReadsFewRows(
          handle ->
              settled.records(
                  handle,
                  WORDY,
                  new RecordListing(inToken(), order, Optional.empty(), PAGE),
                  BlockSpan.ALL));
    }
  }

  private static RecordFilter inToken() {
    return new RecordFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new EvmAddress("0x" + "70".repeat(20))),
        Optional.empty(),
        TimeSpan.ALWAYS);
  }

  private static void assertReadsFewRows(Function<Handle, Collection<?>> question) {
    database.run(
        handle -> {
          handle.execute("set local plan_cache_mode = force_custom_plan");
          long before = rowsFetched(handle);
          assertThat(question.apply(handle)).hasSize(PAGE);
          assertThat(rowsFetched(handle) - before).as("rows read").isLessThan(10L * PAGE);
        });
  }

  /** In this transaction, from the tables and their indexes. */
  private static long rowsFetched(Handle handle) {
    return handle
        .createQuery(
            "select sum(pg_stat_get_xact_tuples_returned(oid)) from pg_class where relnamespace ="
                + " 'reputation'::regnamespace and relkind in ('r', 'i')")
        .mapTo(Long.class)
        .one();
  }

  private static void assertReadsIndexesAlone(Function<Handle, Collection<?>> question) {
    database.run(
        handle -> {
          // As all reads are done.
          handle.execute("set local plan_cache_mode = force_custom_plan");
          long before = tablesPages(handle);
          assertThat(question.apply(handle)).isNotEmpty();
          assertThat(tablesPages(handle) - before).as("pages of %s", TABLES).isLessThan(FEW_PAGES);
        });
  }

  /** In this transaction; those of indexes are not among them. */
  private static long tablesPages(Handle handle) {
    return handle
        .createQuery(
            "select sum(pg_stat_get_xact_blocks_fetched(oid)) from pg_class"
                + " where relnamespace = 'reputation'::regnamespace and relname in (<tables>)")
        .bindList("tables", TABLES)
        .mapTo(Long.class)
        .one();
  }
}
