package org.earnest.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.LockFile;
import org.jspecify.annotations.Nullable;

/**
 * A directory that keeps a chain. Anvil overwrites its dump in place every second, so a kill or a
 * full disk can leave half a file: whole dumps are copied aside, and the copy is what is loaded.
 */
final class AnvilState implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String DUMP = "chain.json";
  private static final int DUMP_SECONDS = 1;

  private final Path dump;
  private final KeptState kept;
  private final GenesisTime genesis;
  private final LockFile lock;
  private long begun;
  private KeptState.@Nullable Keeper keeping;

  private AnvilState(Path directory, LockFile lock) {
    this.dump = directory.resolve(DUMP);
    this.kept = new KeptState(dump, directory.resolve("chain.kept.json"));
    this.genesis = new GenesisTime(directory.resolve("genesis.time"));
    this.lock = lock;
  }

  /**
   * Takes the directory for this process.
   *
   * @throws StartupException when another has it, or nothing readable is left in it
   */
  static AnvilState open(Path directory, boolean fresh) {
    AnvilState state = new AnvilState(directory, lock(directory));
    try {
      LeftoverProcess.end("--dump-state", state.dump);
      if (fresh) {
        state.kept.delete();
      }
      state.kept.keepIfWhole();
      if (state.kept.damaged()) {
        throw unreadable(directory, null);
      }
      boolean isNew = !Files.exists(state.kept.copy());
      state.begun =
          (isNew ? Optional.of(state.genesis.choose()) : state.genesis.read())
              .orElseThrow(() -> unreadable(directory, null));
      return state;
    } catch (IOException failure) {
      state.close();
      throw Directories.unusable(directory, failure);
    } catch (RuntimeException failure) {
      state.close();
      throw failure;
    }
  }

  private static LockFile lock(Path directory) {
    Path file = directory.resolve(LOCK);
    try {
      Optional<LockFile> lock = LockFile.tryLock(file);
      if (lock.isEmpty()) {
        throw inUse(directory, LockFile.holder(file));
      }
      return lock.get();
    } catch (IOException failure) {
      throw Directories.unusable(directory, failure);
    }
  }

  private static StartupException inUse(Path directory, String holder) {
    return new StartupException(
        "chain_state_in_use",
        "process " + holder + " works on the chain in " + directory,
        "Stop it, or name another state directory.");
  }

  static StartupException unreadable(Path directory, @Nullable Throwable cause) {
    return new StartupException(
        "chain_state_unreadable",
        "the chain kept in " + directory + " cannot be read",
        "Start with --fresh to begin a new chain, or put a copy of its files back.",
        cause);
  }

  /** Old blocks' state is preserved too: readers ask for it after a restart. */
  List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--dump-state",
                dump.toString(),
                "--state-interval",
                Integer.toString(DUMP_SECONDS),
                "--preserve-historical-states",
                "--timestamp",
                Long.toString(begun)));
    if (Files.exists(kept.copy())) {
      options.addAll(List.of("--load-state", kept.copy().toString()));
    }
    return options;
  }

  /** Copies whole dumps aside from now on, until closed. */
  void keep() {
    keeping = kept.start();
  }

  @Override
  public void close() {
    if (keeping != null) {
      keeping.close();
    }
    try {
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
