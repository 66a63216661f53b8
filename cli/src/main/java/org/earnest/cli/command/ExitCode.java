package org.earnest.cli.command;

/** The program's exit codes. */
final class ExitCode {
  static final int OK = 0;
  static final int NOT_OK = 1;
  static final int USAGE = 2;

  private ExitCode() {}
}
