package org.earnest.kit.postgres;

import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;

/** Why PostgreSQL's own programs did not do what they were started for. */
final class PostgresFailures {
  private PostgresFailures() {}

  static StartupException of(ChildProcess child, String what) {
    StartupException failure = child.failed(what);
    if (child.hasWritten("No space left on device")) {
      return new StartupException(
          DatabaseUnavailableException.DISK_FULL,
          "the disk of the state directory is full: " + failure.getMessage(),
          "Free some space, or choose a state directory on another disk with --state.",
          failure);
    }
    if (child.hasWritten("database files are incompatible with server")) {
      return new StartupException(
          "database_version",
          "the state directory's database was made by another PostgreSQL version",
          "Start anew with --fresh, or use the version that made it.",
          failure);
    }
    return failure;
  }
}
