package org.earnest.cli;

import org.earnest.cli.command.EarnestCommand;

/** Where the program begins. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with 0 (ok), 1 (not ok) or 2 (wrong usage). */
  public static void main(String[] args) {
    System.exit(EarnestCommand.run(args, System.out, System.err));
  }
}
