package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.store.RowBatch.Column;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows go in as arrays, in whose text quotes, commas, braces and NULL have a meaning. */
class RowBatchIT {
  private static final long SEED = 8004;
  private static final int ROWS = 2_000;
  private static final int MAX_PARTS = 6;
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
  private static final List<String> PARTS =
      List.of(
          "\"", "'", ",", "\\", "\r", "\\.", "{", "}", "NULL", "null", "", " ", "\n", "\t", "\\N",
          "$1", "?", "??", ":x", "\\\"", "--", "é", "漢", "🜁", "\ufffd", "\u0001", "a");

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @BeforeEach
  void create() {
    database.run(
        (Handle handle) ->
            handle.execute(
                "drop table if exists public.note; create table public.note (chain text,"
                    + " block_number bigint, block_hash text, log_index integer, transaction text,"
                    + " number numeric(78), words text, primary key (block_hash, log_index))"));
  }

  @Test
  void everyTextComesBackAsItWas() {
    Random random = new Random(SEED);
    RowBatch batch = batch();
    Map<Integer, List<@Nullable Object>> wanted = new LinkedHashMap<>();
    for (int i = 0; i < ROWS; i++) {
      @Nullable String words = random.nextInt(20) == 0 ? null : words(random);
      @Nullable BigInteger number =
          random.nextInt(20) == 0 ? null : new BigInteger(256, random).negate();
      batch.add(ref(i), number, words);
      List<@Nullable Object> row = new ArrayList<>();
      row.add(number);
      row.add(words);
      wanted.put(i, row);
    }
    database.run(batch::insert);
    assertThat(rows()).as("seed %d", SEED).isEqualTo(wanted);
  }

  @Test
  void theFirstOfTwoWithOneKeyStaysInABatchAndAfterIt() {
    RowBatch twice = batch();
    twice.add(ref(1), BigInteger.ONE, "first");
    twice.add(ref(1), BigInteger.TWO, "second");
    database.run(twice::insert);
    RowBatch again = batch();
    again.add(ref(1), BigInteger.TEN, "third");
    again.add(ref(2), MOST, "");
    database.run(again::insert);
    assertThat(rows()).isEqualTo(Map.of(1, List.of(BigInteger.ONE, "first"), 2, List.of(MOST, "")));
  }

  /** By COPY, and by a statement where one of them is there twice. */
  @ParameterizedTest
  @ValueSource(ints = {1, RowBatch.BULK - 1, RowBatch.BULK, 3 * RowBatch.BULK})
  void theFirstOfTwoWithOneKeyStaysInABatchOfAnySize(int size) {
    RowBatch rows = batch();
    RowBatch twice = batch();
    Map<Integer, List<@Nullable Object>> wanted = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      rows.add(ref(i), BigInteger.valueOf(i), "first");
      wanted.put(i, List.of(BigInteger.valueOf(i), "first"));
      twice.add(ref(2 * i), BigInteger.TEN, "second");
      twice.add(ref(2 * i), BigInteger.TEN, "third");
    }
    for (int i = 0; i < size; i++) {
      wanted.putIfAbsent(2 * i, List.of(BigInteger.TEN, "second"));
    }
    database.run(
        (Handle handle) -> {
          rows.insert(handle);
          twice.insert(handle);
        });
    assertThat(rows()).isEqualTo(wanted);
  }

  @Test
  void anEmptyBatchIsNoStatement() {
    database.run(batch()::insert);
    assertThat(rows()).isEmpty();
  }

  @Test
  void anotherNumberOfValuesThanColumnsIsAFault() {
    assertThatThrownBy(() -> batch().add(ref(1), "one"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RowBatch batch() {
    return new RowBatch(
        "public.note", new Column("number", "numeric"), new Column("words", "text"));
  }

  private static String words(Random random) {
    return IntStream.range(0, random.nextInt(MAX_PARTS))
        .mapToObj(i -> PARTS.get(random.nextInt(PARTS.size())))
        .collect(Collectors.joining());
  }

  private static LogRef ref(int index) {
    return new LogRef(new BlockRef(Caip2ChainId.eip155(1), 7, Hash32.ZERO), Hash32.ZERO, index);
  }

  private static Map<Integer, List<@Nullable Object>> rows() {
    Map<Integer, List<@Nullable Object>> rows = new LinkedHashMap<>();
    database.run(
        (Handle handle) ->
            handle
                .createQuery("select log_index, number, words from public.note order by log_index")
                .map(
                    (row, context) -> {
                      List<@Nullable Object> values = new ArrayList<>();
                      values.add(
                          row.getBigDecimal("number") == null
                              ? null
                              : row.getBigDecimal("number").toBigIntegerExact());
                      values.add(row.getString("words"));
                      return Map.entry(row.getInt("log_index"), values);
                    })
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue())));
    return rows;
  }
}
