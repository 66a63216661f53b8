package org.earnest.kit.logcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.kit.logcache.SomeLogs.KEY;
import static org.earnest.kit.logcache.SomeLogs.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFilesTest {
  @TempDir Path folder;
  private LogCache opened = LogCaches.Nothing.KEPT;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsKeptIsReadByTheNextRunAsItWas(long seed) {
    LogSegment first = segment(seed, 1, 60);
    LogSegment second = segment(seed + 100, 200, 200);
    assertThat(open().keep(second)).isTrue();
    assertThat(open().keep(first)).isTrue();

    LogCache next = open();
    assertThat(next.spans()).containsExactly(first.span(), second.span());
    assertThat(next.read(first.span())).contains(first);
    assertThat(next.read(second.span())).contains(second);
  }

  @Test
  void theTimesOfBlocksAreKeptWhereTheyWereTold() {
    LogSegment kept = segment(6, 1, 60);
    assertThat(kept.logs())
        .anyMatch(log -> log.time().isPresent())
        .anyMatch(log -> log.time().isEmpty());
    assertThat(open().keep(kept)).isTrue();

    assertThat(open().read(kept.span()).orElseThrow().logs())
        .extracting(ChainLog::time)
        .isEqualTo(kept.logs().stream().map(ChainLog::time).toList());
  }

  @Test
  void aFileOfAnotherFormIsDroppedAndNotBelieved() throws IOException {
    LogSegment kept = segment(1, 1, 10);
    assertThat(open().keep(kept)).isTrue();
    Path file = files().getFirst();
    byte[] older = Files.readAllBytes(file);
    int end = older.length - Hash32.BYTES;
    older["EARNLOG".length()] = '1';
    System.arraycopy(sha256(Arrays.copyOf(older, end)), 0, older, end, Hash32.BYTES);
    Files.write(file, older);

    assertThat(open().read(kept.span())).isEmpty();
    assertThat(file).doesNotExist();
  }

  private static byte[] sha256(byte[] bytes) {
    return SegmentFormat.sha256().digest(bytes);
  }

  @Test
  void otherLogsAreNotMistakenForThese() {
    assertThat(open().keep(segment(1, 1, 10))).isTrue();
    for (CacheKey other :
        List.of(
            new CacheKey(Caip2ChainId.eip155(1), KEY.genesis(), KEY.contracts(), KEY.topics()),
            new CacheKey(KEY.chain(), Hash32.ZERO, KEY.contracts(), KEY.topics()),
            new CacheKey(KEY.chain(), KEY.genesis(), Set.of(SomeLogs.contract(0)), KEY.topics()),
            new CacheKey(KEY.chain(), KEY.genesis(), KEY.contracts(), List.of(Hash32.ZERO)))) {
      assertThat(LogFiles.in(folder).of(other).spans()).isEmpty();
    }
    assertThat(open().spans()).hasSize(1);
  }

  @Test
  void aFileOfOtherLogsIsNotBelievedInThisFolder() throws IOException {
    CacheKey other = new CacheKey(KEY.chain(), Hash32.ZERO, KEY.contracts(), KEY.topics());
    LogSegment kept = segment(1, 1, 10);
    assertThat(LogFiles.in(folder).of(other).keep(kept)).isTrue();
    Path file = files().getFirst();
    assertThat(open().spans()).isEmpty();
    Path ours = folder(KEY).resolve(file.getFileName());
    Files.copy(file, ours);

    LogCache cache = open();
    assertThat(cache.spans()).containsExactly(kept.span());
    assertThat(cache.read(kept.span())).isEmpty();
    assertThat(ours).doesNotExist();
  }

  /** One flipped bit anywhere, and any missing end. */
  @Test
  void whatIsAlteredOrTornIsDroppedAndNeverBelieved() throws IOException {
    LogSegment kept = segment(7, 1, 4);
    assertThat(open().keep(kept)).isTrue();
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes =
          random.nextBoolean() ? Arrays.copyOf(whole, i) : flipped(whole, i, random.nextInt(8));
      Files.write(file, bytes);
      LogCache cache = open();
      assertThat(cache.read(kept.span())).as("byte %d", i).isEmpty();
      assertThat(cache.spans()).isEmpty();
      assertThat(file).doesNotExist();
    }
    Files.write(file, whole);
    assertThat(open().read(kept.span())).contains(kept);
  }

  @Test
  void whatARunLeftUnfinishedIsRemovedAndStrangersFilesAreLeftAlone() throws IOException {
    assertThat(open().keep(segment(1, 1, 4))).isTrue();
    Path own = files().getFirst();
    Path unfinished =
        Files.write(own.resolveSibling(own.getFileName() + ".unfinished"), new byte[9]);
    Path note = Files.write(own.resolveSibling("note.txt"), new byte[9]);
    Path backwards =
        Files.write(own.resolveSibling("%019d-%019d.logs".formatted(9, 8)), new byte[9]);

    assertThat(open().spans()).containsExactly(new Span(1, 4));
    assertThat(unfinished).doesNotExist();
    assertThat(note).exists();
    assertThat(backwards).exists();
  }

  @Test
  void overlappingRangesAreNotBothBelieved() throws IOException {
    assertThat(open().keep(segment(1, 1, 10))).isTrue();
    Path first = files().getFirst();
    Path aside = Files.move(first, folder.resolve("aside"));
    assertThat(open().keep(segment(2, 10, 12))).isTrue();
    Files.move(aside, first);

    assertThat(open().keep(segment(2, 9, 12))).isFalse();
    assertThat(open().keep(segment(3, 11, 20))).isTrue();
    assertThat(open().spans()).containsExactly(new Span(1, 10), new Span(11, 20));
  }

  @Test
  void thereAreNeverMoreBytesThanTheBound() throws IOException {
    assertThat(open().keep(segment(1, 1, 50))).isTrue();
    long one = Files.size(files().getFirst());
    opened.close();
    LogCache bounded = LogFiles.open(folder, KEY, one + one / 2);

    assertThat(bounded.keep(segment(2, 51, 100))).isFalse();
    assertThat(bounded.keep(segment(3, 101, 101))).as("nothing after it").isFalse();
    assertThat(bounded.read(new Span(1, 50))).isPresent();
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatIsDroppedIsGone() {
    LogCache cache = open();
    assertThat(cache.keep(segment(1, 1, 10))).isTrue();
    cache.drop(new Span(1, 10));
    assertThat(cache.spans()).isEmpty();
    assertThat(open().spans()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeUsedKeepsNothingAndHarmsNobody() throws IOException {
    Path file = Files.write(folder.resolve("taken"), new byte[1]);
    LogCache cache = LogFiles.in(file).of(KEY);
    assertThat(cache.keep(segment(1, 1, 10))).isFalse();
    assertThat(cache.spans()).isEmpty();
  }

  @Test
  void aSecondRunAtTheSameTimeKeepsNothing() {
    LogCache first = open();
    LogCache second = LogFiles.in(folder).of(KEY);
    assertThat(first.keep(segment(1, 1, 10))).isTrue();
    assertThat(second.keep(segment(2, 11, 20))).isFalse();
    assertThat(second.spans()).isEmpty();
    second.close();

    first.close();
    assertThat(open().spans()).containsExactly(new Span(1, 10));
    assertThat(opened.keep(segment(2, 11, 20))).isTrue();
  }

  @Test
  void whatCannotBeReadForTheMomentIsNotDeleted() throws IOException {
    LogSegment kept = segment(1, 1, 10);
    LogCache cache = open();
    assertThat(cache.keep(kept)).isTrue();
    Path file = files().getFirst();
    Path aside = Files.move(file, folder.resolve("aside"));
    Files.createDirectory(file);
    assertThat(cache.read(kept.span())).isEmpty();
    Files.delete(file);
    Files.move(aside, file);

    assertThat(cache.read(kept.span())).contains(kept);
  }

  @Test
  void onlyItsUserReadsIt() throws IOException {
    assertThat(open().keep(segment(1, 1, 10))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder(KEY))))
        .isEqualTo("rwx------");
  }

  /** As the next run would. */
  private LogCache open() {
    opened.close();
    opened = LogFiles.in(folder).of(KEY);
    return opened;
  }

  private Path folder(CacheKey key) throws IOException {
    LogFiles.in(folder).of(key).close();
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().contains(hex(key))).findFirst().orElseThrow();
    }
  }

  private static String hex(CacheKey key) {
    return Hash32.of(key.digest()).hex().substring(2, 34);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(".logs")).toList();
    }
  }

  private static byte[] flipped(byte[] whole, int at, int bit) {
    byte[] bytes = whole.clone();
    bytes[at] ^= (byte) (1 << bit);
    return bytes;
  }
}
