package org.earnest.kit.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a database that cannot be asked from a statement that is wrong, by SQLSTATE. */
final class SqlFailures {
  private static final String DISK_FULL = "53100";

  /**
   * Classes: connection exception, insufficient resources, operator intervention, system error; and
   * transaction rollback, since a deadlock's victim may succeed when asked again.
   */
  private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "58", "40");

  /**
   * Of other classes: a transaction that the server ended because it was idle, or took too long.
   */
  private static final Set<String> ENDED = Set.of("25P03", "25P04");

  private static final int CLASS_LENGTH = 2;
  private static final int MAX_CAUSES = 20;

  private SqlFailures() {}

  static RuntimeException translate(RuntimeException failure) {
    return unavailable(failure).<RuntimeException>map(unavailable -> unavailable).orElse(failure);
  }

  static Optional<DatabaseUnavailableException> unavailable(Exception failure) {
    if (failure instanceof DatabaseUnavailableException known) {
      return Optional.of(known);
    }
    if (failure instanceof ConnectionException) {
      return Optional.of(DatabaseUnavailableException.unavailable(failure));
    }
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst()
        .flatMap(sql -> unavailable(sql, failure));
  }

  private static Optional<DatabaseUnavailableException> unavailable(
      SQLException sql, Exception failure) {
    String state = sql.getSQLState();
    if (DISK_FULL.equals(state)) {
      return Optional.of(DatabaseUnavailableException.diskFull(failure));
    }
    boolean unavailable =
        sql instanceof SQLTransientConnectionException
            || (state != null
                && state.length() > CLASS_LENGTH
                && (UNAVAILABLE.contains(state.substring(0, CLASS_LENGTH))
                    || ENDED.contains(state)));
    return unavailable
        ? Optional.of(DatabaseUnavailableException.unavailable(failure))
        : Optional.empty();
  }

  /** The innermost cause's own words. */
  static String sentence(Exception failure) {
    Throwable last = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
    return String.valueOf(last.getMessage());
  }

  private static Stream<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    @Nullable Throwable next = failure;
    while (next != null && causes.size() < MAX_CAUSES) {
      causes.add(next);
      next = next.getCause();
    }
    return causes.stream();
  }
}
