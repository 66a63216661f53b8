package org.earnest.kit.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows that go into a table by COPY, which is the fastest way in. */
public final class CopyRows {
  private static final String UNIQUE_VIOLATION = "23505";

  private final StringBuilder text = new StringBuilder();

  /** Adds a row; its values as PostgreSQL reads them from text. */
  public void add(List<@Nullable String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append('\t');
      }
      add(values.get(i));
    }
    text.append('\n');
  }

  /**
   * Copies them, in the transaction that the handle is in.
   *
   * @param columns of the table; like its name a constant of the program, never input
   * @return false when one has the key of another, or of a row that is there: then none went in
   */
  public boolean into(Handle handle, String table, List<String> columns) {
    String copy = "copy %s (%s) from stdin".formatted(table, String.join(", ", columns));
    Connection connection = handle.getConnection();
    try {
      Savepoint before = connection.setSavepoint();
      boolean unique = copied(connection, copy, before);
      connection.releaseSavepoint(before);
      return unique;
    } catch (SQLException failed) {
      throw new IllegalStateException("rows could not be copied into " + table, failed);
    }
  }

  private boolean copied(Connection connection, String copy, Savepoint before) throws SQLException {
    try {
      var unused =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(copy, new StringReader(text.toString()));
      return true;
    } catch (SQLException failed) {
      if (!UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      return false;
    } catch (IOException impossible) {
      throw new UncheckedIOException("text in memory can be read", impossible);
    }
  }

  /** PostgreSQL's manual, COPY, "Text Format". */
  private void add(@Nullable String value) {
    if (value == null) {
      text.append("\\N");
      return;
    }
    int done = 0;
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      // Hardly any is, and everything passes by here.
      if (character < ' ' || character == '\\') {
        char escaped = escaped(character);
        if (escaped != 0) {
          text.append(value, done, i).append('\\').append(escaped);
          done = i + 1;
        }
      }
    }
    text.append(value, done, value.length());
  }

  /** What stands for a character behind a backslash; 0 where it stands for itself. */
  private static char escaped(char character) {
    return switch (character) {
      case '\\' -> '\\';
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\r' -> 'r';
      default -> 0;
    };
  }
}
