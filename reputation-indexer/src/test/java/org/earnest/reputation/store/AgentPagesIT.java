package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.reading.ReferencedFiles;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that may cost little, held against one page of everything. */
class AgentPagesIT {
  private static final long SEED = 20261122;
  private static final int LISTINGS = 120;
  private static final int AGENTS = 120;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final List<String> TAGS = List.of("quality", "speed");
  private static final List<EvmAddress> TOKENS =
      List.of(new EvmAddress("0x" + "70".repeat(20)), new EvmAddress("0x" + "71".repeat(20)));
  private static final List<EvmAddress> VALIDATORS =
      List.of(new EvmAddress("0x" + "90".repeat(20)), new EvmAddress("0x" + "91".repeat(20)));
  private static final Caip10AccountId REGISTRY =
      Caip10AccountId.parse(CHAIN + ":0x" + "12".repeat(20));

  /** All in many files; the stem of the first is the second, which has another stem. */
  private static final List<String> SAID =
      List.of("universities", "univers", "univer", "the", "contract", "Contracts", "ocean");

  private static final List<String> CAPABILITIES = List.of("mcp", "ocr");

  /** No other table knows it. */
  private static final BigInteger ASKING = BigInteger.valueOf(1_000);

  private static final AgentPages WHOLE =
      new AgentPages(CHAIN, new AgentPages.Effort(0, 0, Integer.MAX_VALUE));

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    database.migrate(ReputationStore.SCHEMA);
    database.migrate(ReferencedFiles.SCHEMA);
    database.run(AgentPagesIT::files);
    database.run(AgentPagesIT::requests);
    database.run(
        (Handle handle) -> {
          handle.execute(
              """
              insert into reputation.agent
                select ?, k, '0x' || lpad(to_hex(k % 7), 40, '0'), null, 'https://a.example/' || k,
                  k % 3, k,
                  '0x' || repeat('ab', 32) from generate_series(1, ?) k""",
              CHAIN.toString(), AGENTS);
          handle.execute(
              """
              insert into reputation.agent_activity
                select ?, k, 1000 + k * 37 % 50 from generate_series(1, ?) k""",
              CHAIN.toString(), AGENTS);
          handle.execute(
              """
              insert into reputation.feedback_standing (chain, tag, agent_id, entries, total)
                select ?, tag, k, 1 + k % 9, (k * 31 % 40) * (1 + k % 9)
                from generate_series(1, ?) k, unnest(array['', 'quality', 'speed']) tag
                where tag = '' or k % 4 < length(tag) % 4""",
              CHAIN.toString(), AGENTS);
          // Some are asked about twice, and half of the answers are taken back.
          handle.execute(
              """
              insert into reputation.validation_response
                select ?, block, '0x' || block, k * 10 + asked, '', k,
                  '0x' || repeat(case k % 2 when 0 then '90' else '91' end, 20),
                  k || ' ' || asked, (k * 37 + asked * 11 + block * 50) % 101, '', '',
                  (array['quality', 'speed'])[1 + (k + asked) % 2]
                from generate_series(1, ?) k, generate_series(1, 2) asked,
                  generate_series(1, 2) block where (k + asked + block) % 3 <> 0""",
              CHAIN.toString(), AGENTS);
          handle.execute(
              """
              insert into reputation.settled_summary (chain, agent_id, epoch, token, tag, volume,
                  closed, rated, rating_sum, missed, late, lost)
                select ?, k, epoch, '0x' || repeat(token, 20), tag, k * 13 % 17, 1 + k % 5, k % 3,
                  (k % 3) * (k * 7 % 100), 0, 0, 0
                from generate_series(1, ?) k, generate_series(0, 2) epoch,
                  unnest(array['70', '71']) token, unnest(?::text[]) tag
                where k % 2 = 0 or epoch = 1""",
              CHAIN.toString(),
              AGENTS,
              TAGS.stream().map(tag -> tag(tag).hex()).toArray(String[]::new));
        });
  }

  /**
   * Of three files one is long; some agents are named by another's file, and words may be stale.
   */
  private static void files(Handle handle) {
    handle.execute(
        """
        insert into reputation_file.registration_file (chain, uri_digest, uri, state, document, capabilities)
          select ?, sha256(convert_to(uri, 'UTF8')), uri, 'read',
            jsonb_build_object('name', 'Agent', 'description', said || long, 'registrations',
              jsonb_build_array(? || ':' || k - k % 10 / 9, ? || ':' || 1 + k % 5)),
            case k % 4 when 0 then array['mcp', 'ocr'] when 1 then array['mcp'] else '{}' end
          from generate_series(1, ?) k, lateral (
            select 'https://a.example/' || k as uri,
              (select string_agg(word, ' ') from unnest(?::text[]) with ordinality s (word, i)
                where (k * 7 + i * k / 3) % 5 < 2) as said,
              case when k % 3 = 0 then (
                select string_agg(' filler' || n, '') from generate_series(1, 300) n) else '' end
              as long) of_agent""",
        CHAIN.toString(),
        REGISTRY.toString(),
        REGISTRY.toString(),
        AGENTS,
        SAID.toArray(String[]::new));
    handle.execute(
        """
        insert into reputation_file.agent_word (chain, word, agent_id)
          select chain, word, cast(substring(uri from '[0-9]+$') as numeric) + stale
          from reputation_file.registration_file, generate_series(0, 1) stale,
            unnest(reputation_file.words_of(words, capabilities, document ->> 'name')) told (word)
          on conflict do nothing""");
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  private List<BigInteger> expected(AgentListing listing) {
    List<BigInteger> whole =
        ids(WHOLE, listing.of(withoutCard(listing.criteria())), 1_000, page -> {});
    return listing
        .criteria()
        .card()
        .map(card -> whole.stream().filter(saying(card)::contains).toList())
        .orElse(whole);
  }

  @Test
  void validationsAreTheSameForLittleAsForAnyEffort() {
    ValidationReads whole = new ValidationReads(CHAIN, 1_000);
    boolean shortOnes = false;
    for (int i = 0; i < 40; i++) {
      ValidationFilter filter =
          new ValidationFilter(
              sometimes(VALIDATORS.get(random.nextInt(2))),
              sometimes(TAGS.get(random.nextInt(2))),
              sometimes(random.nextBoolean()));
      ValidationReads little = new ValidationReads(CHAIN, 1 + random.nextInt(9));
      int limit = 1 + random.nextInt(5);
      List<Validation> paged = new ArrayList<>();
      Optional<LogPosition> after = Optional.of(LogPosition.START);
      while (after.isPresent()) {
        ValidationListing page = validations(little, filter, after.get(), limit);
        paged.addAll(page.entries());
        after = page.next();
        shortOnes |= after.isPresent() && page.entries().size() < limit;
      }
      assertThat(paged)
          .as("seed %d, %d: %s", SEED, i, filter)
          .isEqualTo(validations(whole, filter, LogPosition.START, 1_000).entries());
    }
    assertThat(shortOnes).as("pages that were short and not the last").isTrue();
  }

  private static ValidationListing validations(
      ValidationReads reads, ValidationFilter filter, LogPosition after, int limit) {
    return database.call(handle -> reads.page(handle, ASKING, filter, after, limit));
  }

  /** One agent's requests, two of three answered. */
  private static void requests(Handle handle) {
    handle.execute(
        """
        insert into reputation.validation_request
          select ?, n / 3, '0x' || lpad(to_hex(n / 3), 64, '0'), n, '0x' || lpad('', 64, '0'), ?,
            '0x' || repeat(case n % 2 when 0 then '90' else '91' end, 20),
            '0x' || lpad(to_hex(n), 64, '0'), '' from generate_series(1, 60) n""",
        CHAIN.toString(), ASKING);
    handle.execute(
        """
        insert into reputation.validation_response
          select chain, block_number, block_hash, 100 + log_index, transaction, agent_id, validator,
            request_hash, log_index % 101, '', '0x' || lpad('', 64, '0'),
            (array['quality', 'speed'])[1 + log_index / 2 % 2]
          from reputation.validation_request where log_index % 3 <> 0""");
  }

  private static AgentCriteria withoutCard(AgentCriteria of) {
    return new AgentCriteria(
        of.scope(),
        of.owner(),
        of.wallet(),
        of.minSettled(),
        of.minVolume(),
        of.minRating(),
        of.minFeedback(),
        of.minAverage(),
        Optional.empty(),
        of.credential());
  }

  /** As the files say, without any index. */
  private static Set<BigInteger> saying(CardCriteria card) {
    return database.call(
        handle -> {
          Query query =
              handle.createQuery(
                  "select a.agent_id from reputation.agent a, reputation_file.registration_file c"
                      + " where "
                      + Cards.ofAgent("a", "c")
                      + Cards.matching(card, "c"));
          Cards.bind(query, card);
          return query.mapTo(BigInteger.class).set();
        });
  }

  private Optional<CardCriteria> card() {
    if (random.nextInt(3) != 0) {
      return Optional.empty();
    }
    String text =
        IntStream.rangeClosed(0, random.nextInt(3))
            .mapToObj(i -> SAID.get(random.nextInt(SAID.size())))
            .collect(Collectors.joining(" "));
    return Optional.of(
        new CardCriteria(
            REGISTRY,
            random.nextInt(4) == 0 ? Optional.empty() : Optional.of(text),
            sometimes(CAPABILITIES.get(random.nextInt(2))).stream().toList()));
  }

  @Test
  void findsTheSameForLittleAsForAnyEffort() {
    int found = 0;
    int shortOnes = 0;
    for (int i = 0; i < LISTINGS; i++) {
      AgentListing listing = listing();
      List<BigInteger> whole = expected(listing);
      AgentPages little =
          new AgentPages(
              CHAIN,
              new AgentPages.Effort(
                  random.nextInt(60), random.nextInt(60), 1 + random.nextInt(20)));
      int limit = 1 + random.nextInt(7);
      int[] shortPages = {0};
      List<BigInteger> paged =
          ids(
              little,
              listing,
              limit,
              page -> {
                if (page.next().isPresent() && page.entries().size() < limit) {
                  shortPages[0]++;
                }
              });
      assertThat(paged).as("seed %d, %d: %s", SEED, i, listing).isEqualTo(whole);
      assertThat(new HashSet<>(paged)).hasSameSizeAs(paged);
      found += paged.size();
      shortOnes += shortPages[0];
    }
    assertThat(found).isGreaterThan(LISTINGS);
    assertThat(shortOnes).as("pages that were short and not the last").isPositive();
  }

  @Test
  void looksUpOnlyAgentsWhomTheRowOfTheirMeasureLetsThrough() {
    AgentCriteria most =
        new AgentCriteria(
            new StandingScope(Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(9L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    database.run(
        handle -> {
          handle.execute("set local enable_seqscan = off");
          long before = lookups(handle);
          AgentListing.Page page =
              new AgentPages(CHAIN, new AgentPages.Effort(1, 1, AGENTS))
                  .page(
                      handle,
                      new AgentListing(most, AgentOrder.FEEDBACK, true, Optional.empty(), AGENTS));
          assertThat(page.entries()).hasSizeBetween(2, AGENTS / 4);
          assertThat(lookups(handle) - before).isEqualTo(page.entries().size());
        });
  }

  private static long lookups(Handle handle) {
    return handle
        .createQuery(
            "select idx_scan from pg_stat_xact_all_tables"
                + " where relid = 'reputation.agent'::regclass")
        .mapTo(Long.class)
        .one();
  }

  private AgentListing listing() {
    boolean inToken = random.nextBoolean();
    Optional<String> tag = sometimes(TAGS.get(random.nextInt(TAGS.size())));
    Optional<EvmAddress> token =
        inToken ? Optional.of(TOKENS.get(random.nextInt(TOKENS.size()))) : Optional.empty();
    StandingScope scope = new StandingScope(token, tag.map(AgentPagesIT::tag), tag);
    AgentCriteria criteria =
        new AgentCriteria(
            scope,
            random.nextInt(6) == 0
                ? Optional.of(new EvmAddress("0x%040x".formatted(random.nextInt(7))))
                : Optional.empty(),
            Optional.empty(),
            sometimes(1L + random.nextInt(12)),
            inToken ? sometimes(BigInteger.valueOf(random.nextInt(20))) : Optional.empty(),
            sometimes((long) random.nextInt(10_000)),
            sometimes(1L + random.nextInt(10)),
            sometimes(BigInteger.valueOf(random.nextInt(42))),
            card(),
            random.nextInt(3) == 0
                ? Optional.of(
                    new CredentialCriteria(
                        VALIDATORS.get(random.nextInt(2)),
                        TAGS.get(random.nextInt(2)),
                        random.nextInt(101)))
                : Optional.empty());
    List<AgentOrder> orders =
        List.of(AgentOrder.values()).stream()
            .filter(order -> inToken || !order.needsToken())
            .toList();
    return new AgentListing(
        criteria,
        orders.get(random.nextInt(orders.size())),
        random.nextBoolean(),
        Optional.empty(),
        1);
  }

  private <T> Optional<T> sometimes(T value) {
    return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
  }

  private static List<BigInteger> ids(
      AgentPages pages, AgentListing of, int limit, Consumer<AgentListing.Page> seen) {
    List<BigInteger> ids = new ArrayList<>();
    Optional<AgentPosition> after = Optional.empty();
    do {
      AgentListing listing =
          new AgentListing(of.criteria(), of.order(), of.descending(), after, limit);
      AgentListing.Page page =
          database.call(
              handle -> {
                // As all reads are done.
                handle.execute("set jit = off");
                return pages.page(handle, listing);
              });
      seen.accept(page);
      page.entries().forEach(entry -> ids.add(entry.standing().agent().agentId()));
      after = page.next();
    } while (after.isPresent());
    return ids;
  }

  private static Hash32 tag(String name) {
    return new Hash32("0x" + (name.equals("quality") ? "a1" : "b2").repeat(32));
  }
}
