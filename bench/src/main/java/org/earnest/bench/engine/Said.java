package org.earnest.bench.engine;

import java.util.Optional;
import org.earnest.core.chain.Hash32;

/** What an engine's process said, and when it was heard. */
public sealed interface Said {
  /** It has its orders, and begins. */
  record Begun() implements Said {}

  /** Ledger and chain agree; new work is taken from here on. */
  record Reconciled() implements Said {}

  record Settled(int number, Hash32 transaction, long height, Hash32 block) implements Said {}

  record Rejected(int number, String reason) implements Said {}

  /**
   * It stopped.
   *
   * @param reconciling before it was reconciled
   */
  record At(KillPoint point, boolean reconciling) implements Said {}

  /** Everything that was ordered is settled. */
  record Done() implements Said {}

  /** Nothing more will come: the process has ended. */
  record Ended() implements Said {}

  /** Empty for a line that is none of these. */
  static Optional<Said> parse(String line) {
    String[] words = line.split(" ", 3);
    return switch (words[0]) {
      case Words.BEGUN -> Optional.of(new Begun());
      case Words.RECONCILED -> Optional.of(new Reconciled());
      case Words.SETTLED -> Optional.of(settled(line.split(" ")));
      case Words.REJECTED -> Optional.of(new Rejected(Integer.parseInt(words[1]), words[2]));
      case Words.AT ->
          Optional.of(new At(KillPoint.valueOf(words[1]), Boolean.parseBoolean(words[2])));
      case Words.DONE -> Optional.of(new Done());
      default -> Optional.empty();
    };
  }

  private static Settled settled(String[] words) {
    return new Settled(
        Integer.parseInt(words[1]),
        new Hash32(words[2]),
        Long.parseLong(words[3]),
        new Hash32(words[4]));
  }
}
