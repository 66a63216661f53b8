package org.earnest.cli.command;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run is repeated by. */
final class Seed {
  /** Short enough to be read out. */
  private static final long BOUND = 1_000_000_000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Repeats the requests and faults of an earlier run. Default: a new one, which is printed.")
  private @Nullable Long seed;

  private final long fresh = ThreadLocalRandom.current().nextLong(BOUND);

  long value() {
    Long given = seed;
    return given != null ? given : fresh;
  }
}
