package org.earnest.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** The last whole copy of a file that another process overwrites in place. */
final class KeptState {
  private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Path source;
  private final Path copy;
  private byte[] last = {};

  KeptState(Path source, Path copy) {
    this.source = source;
    this.copy = copy;
  }

  Path copy() {
    return copy;
  }

  /** Whether there was something to keep once, and none of it can be read. */
  boolean damaged() throws IOException {
    boolean kept = Files.exists(copy);
    return kept ? !whole(Files.readAllBytes(copy)) : Files.exists(source);
  }

  /** Copies the file unless it is missing, unchanged or half written. */
  synchronized void keepIfWhole() throws IOException {
    byte[] found;
    try {
      found = Files.readAllBytes(source);
    } catch (NoSuchFileException none) {
      return;
    }
    if (Arrays.equals(found, last)) {
      return;
    }
    if (!whole(found)) {
      LOG.debug("{} is half written; the copy before it stays", source);
      return;
    }
    Path half = copy.resolveSibling(copy.getFileName() + ".half");
    Files.write(half, found);
    Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    last = found;
  }

  void delete() throws IOException {
    Files.deleteIfExists(source);
    Files.deleteIfExists(copy);
  }

  /** Copies again and again until closed, and then a last time. */
  Keeper start() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chain-state-", 0).factory());
    ScheduledFuture<?> keeping =
        clock.scheduleWithFixedDelay(
            this::keepOrSaySo, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return () -> {
      keeping.cancel(false);
      clock.close();
      keepOrSaySo();
    };
  }

  /** Copies while it is open. */
  interface Keeper extends AutoCloseable {
    @Override
    void close();
  }

  private void keepOrSaySo() {
    try {
      keepIfWhole();
    } catch (IOException failure) {
      LOG.warn("the chain's state could not be copied to {}: {}", copy, failure.getMessage());
    }
  }

  private static boolean whole(byte[] json) {
    try (JsonParser parser = JsonMapper.shared().createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException half) {
      return false;
    }
  }
}
