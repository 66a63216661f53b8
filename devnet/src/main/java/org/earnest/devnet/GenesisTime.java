package org.earnest.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * When a kept chain began. Anvil makes a first block whenever it starts, also when it loads a chain
 * that has one; with the same time it is the same block. With another, the chain would have two
 * first blocks, and which of them is found would be chance.
 */
record GenesisTime(Path file) {
  private static final Predicate<String> EPOCH = Pattern.compile("[0-9]{1,12}").asMatchPredicate();

  /** Now, in epoch seconds, to be found again. */
  long choose() throws IOException {
    long now = Instant.now().getEpochSecond();
    Path half = file.resolveSibling(file.getFileName() + ".half");
    Files.writeString(half, Long.toString(now));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return now;
  }

  /** Epoch seconds; empty where there is none that can be read. */
  Optional<Long> read() throws IOException {
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip()).filter(EPOCH).map(Long::valueOf)
        : Optional.empty();
  }
}
