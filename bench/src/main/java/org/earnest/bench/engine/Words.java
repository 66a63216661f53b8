package org.earnest.bench.engine;

import java.io.PrintStream;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.core.submission.SubmissionOutcome.Settled;

/** What the engine's process says on its standard output, a line each. */
final class Words {
  static final String BEGUN = "begun";
  static final String RECONCILED = "reconciled";
  static final String SETTLED = "settled";
  static final String REJECTED = "rejected";
  static final String AT = "at";
  static final String DONE = "done";

  private final PrintStream out;

  Words(PrintStream out) {
    this.out = out;
  }

  void begun() {
    say(BEGUN);
  }

  void reconciled() {
    say(RECONCILED);
  }

  void settled(int number, Settled settled) {
    say(
        "%s %d %s %d %s"
            .formatted(
                SETTLED,
                number,
                settled.receipt().transaction(),
                settled.receipt().block().number(),
                settled.receipt().block().hash()));
  }

  void rejected(int number, Rejected rejected) {
    say(
        "%s %d %s %s"
            .formatted(
                REJECTED, number, rejected.code(), rejected.reason().replaceAll("\\R", " ")));
  }

  void at(KillPoint point, boolean reconciling) {
    say(AT + " " + point + " " + reconciling);
  }

  void done() {
    say(DONE);
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
