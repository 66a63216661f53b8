package org.earnest.cli.indexer;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.cli.console.Console;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.follow.FollowFigures;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;

/** Tells how an indexer gets on for as long as it runs, and ends a run in which nothing goes on. */
public final class IndexerWatch {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many looks make one line in a log. */
  private static final int LOOKS_OF_A_LINE = 5;

  /** What has stopped is seen as not ready, and why, before it is gone. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Lifecycle run;
  private final List<FollowedChain> chains;
  private final Console console;
  private final Map<Caip2ChainId, String> said = new HashMap<>();
  private final Set<Caip2ChainId> halted = new HashSet<>();
  private int looks;

  public IndexerWatch(Lifecycle run, List<FollowedChain> chains, Console console) {
    this.run = run;
    this.chains = List.copyOf(chains);
    this.console = console;
  }

  /**
   * Returns when the run is over.
   *
   * @return false where it ended because no chain could go on
   */
  public boolean untilClosed() {
    try {
      while (!run.awaitClosed(LOOK)) {
        tell();
        chains.forEach(this::tellOfEnd);
        if (halted.size() == chains.size()) {
          return end();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private void tellOfEnd(FollowedChain one) {
    if (one.halted().isEmpty() || !halted.add(one.chain())) {
      return;
    }
    if (console.isTerminal()) {
      console.say("");
    }
    StartupException why = one.halted().get();
    console.complain(
        new StartupException(why.code(), name(one) + why.getMessage(), why.remedy(), why));
  }

  private boolean end() throws InterruptedException {
    boolean closed = run.awaitClosed(LAST_WORDS);
    if (!closed) {
      run.close();
    }
    return false;
  }

  /** At the head there is nothing new to say in a log, and on a terminal the block still counts. */
  private void tell() {
    int look = looks++;
    if (console.isTerminal()) {
      FollowedChain one = chains.get(look % chains.size());
      console.redraw(name(one) + ProgressLine.drawn(one.figures()));
    } else if (look % LOOKS_OF_A_LINE == 0) {
      chains.forEach(this::log);
    }
  }

  private void log(FollowedChain one) {
    FollowFigures now = one.figures();
    String line = ProgressLine.plain(now);
    String what = now.atHead() && now.fault().isEmpty() ? "at the head" : line;
    if (!what.equals(said.put(one.chain(), what))) {
      console.warn(name(one) + line);
    }
  }

  /** Where there is one, nobody asks which. */
  private String name(FollowedChain one) {
    return chains.size() == 1 ? "" : one.chain() + ": ";
  }
}
