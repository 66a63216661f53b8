package org.earnest.credentials.status;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Status lists that were verified, each for a short time. Many who ask for one that is not here
 * wait for one reading of it. A refusal is remembered by nobody.
 *
 * @param <L> a list
 */
final class ListCache<L> {
  /** However long a list may be kept, a revocation is known after this time. */
  static final Duration MAX_AGE = Duration.ofMinutes(5);

  private static final long MAX_BYTES = 64L << 20;

  /** What a list counts as beside its bytes. */
  private static final int ENTRY_BYTES = 4_096;

  private final InstantSource clock;
  private final AsyncCache<Object, Told<L>> lists =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((Object key, Told<L> told) -> ENTRY_BYTES + told.bytes())
          .expireAfterWrite(MAX_AGE)
          .buildAsync();

  ListCache(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A list for a time.
   *
   * @param until exclusive
   */
  record Kept<L>(L list, int bytes, Instant until) {}

  /** What those who waited are told. */
  private sealed interface Told<L> {
    record Of<L>(Kept<L> kept) implements Told<L> {}

    record Refused<L>(InvalidCredentialException why) implements Told<L> {}

    default int bytes() {
      return this instanceof Of<L> of ? of.kept.bytes : 0;
    }
  }

  interface Reading<L> {
    Kept<L> read() throws InvalidCredentialException;
  }

  /** The list, read where none is kept that is fresh. */
  L get(Object key, Reading<L> reading) throws InvalidCredentialException {
    CompletableFuture<Told<L>> ours = new CompletableFuture<>();
    while (true) {
      CompletableFuture<Told<L>> others = lists.asMap().putIfAbsent(key, ours);
      if (others == null) {
        return read(key, ours, reading);
      }
      switch (others.join()) {
        case Told.Refused<L> refused -> throw refused.why;
        case Told.Of<L> told -> {
          if (clock.instant().isBefore(told.kept.until)) {
            return told.kept.list;
          }
          lists.asMap().remove(key, others);
        }
      }
    }
  }

  /** The end of a list's time here. */
  Instant until(Duration ttl, Instant validUntil) {
    Instant now = clock.instant();
    Instant wished = now.plus(ttl.compareTo(MAX_AGE) < 0 ? ttl : MAX_AGE);
    return wished.isBefore(validUntil) ? wished : validUntil;
  }

  private L read(Object key, CompletableFuture<Told<L>> ours, Reading<L> reading)
      throws InvalidCredentialException {
    try {
      Kept<L> kept = reading.read();
      ours.complete(new Told.Of<>(kept));
      return kept.list;
    } catch (InvalidCredentialException refused) {
      lists.asMap().remove(key, ours);
      ours.complete(new Told.Refused<>(refused));
      throw refused;
    } catch (RuntimeException | Error bug) {
      // Nobody may wait for ever; the cache forgets what failed.
      ours.completeExceptionally(bug);
      throw bug;
    }
  }
}
