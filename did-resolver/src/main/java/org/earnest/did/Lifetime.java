package org.earnest.did;

import java.time.Duration;

/** How long an answer may be remembered. */
public sealed interface Lifetime {
  /** For ever: nobody can change the document. */
  Lifetime ENDLESS = new Endless();

  /** See {@link #ENDLESS}. */
  record Endless() implements Lifetime {}

  /** For a time, as nobody tells of a change. */
  record For(Duration time) implements Lifetime {}

  /**
   * While the source is in this state; any other, earlier ones included, needs another answer.
   *
   * @param state equal for equal states, such as a block by its hash
   * @param atMost as keys may run out without a change of state
   */
  record While(Object state, Duration atMost) implements Lifetime {}

  /** Not at all: the state of the source is not known. */
  record Never() implements Lifetime {}
}
