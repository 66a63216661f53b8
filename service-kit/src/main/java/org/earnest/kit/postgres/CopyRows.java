package org.earnest.kit.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows that go into a table by COPY, which is the fastest way in. They are sent while they are
 * written, so that the server stores the first ones while the next ones are made.
 */
public final class CopyRows {
  private static final String UNIQUE_VIOLATION = "23505";

  /** Of rows that are sent at once. */
  private static final int PIECE = 1 << 16;

  private static final byte[] NULL = {'\\', 'N'};

  private final CopyIn copy;
  private final byte[] piece = new byte[PIECE];
  private int length;
  private boolean inRow;

  private CopyRows(CopyIn copy) {
    this.copy = copy;
  }

  /**
   * Copies rows, in the transaction that the handle is in.
   *
   * @param columns of the table; like its name a constant of the program, never input
   * @param rows writes them
   * @return false when one has the key of another, or of a row that is there: then none went in
   */
  public static boolean into(
      Handle handle, String table, List<String> columns, Consumer<CopyRows> rows) {
    String copy = "copy %s (%s) from stdin".formatted(table, String.join(", ", columns));
    Connection connection = handle.getConnection();
    try {
      Savepoint before = connection.setSavepoint();
      boolean unique = copied(connection, copy, before, rows);
      connection.releaseSavepoint(before);
      return unique;
    } catch (SQLException failed) {
      throw new IllegalStateException("rows could not be copied into " + table, failed);
    }
  }

  private static boolean copied(
      Connection connection, String statement, Savepoint before, Consumer<CopyRows> rows)
      throws SQLException {
    try {
      copy(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement), rows);
      return true;
    } catch (SQLException failed) {
      if (!UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      return false;
    }
  }

  private static void copy(CopyIn copy, Consumer<CopyRows> rows) throws SQLException {
    try {
      CopyRows written = new CopyRows(copy);
      rows.accept(written);
      written.send();
      var unused = copy.endCopy();
    } catch (NotSentException refused) {
      throw refused.why;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /**
   * Adds the row's next value.
   *
   * @param value as PostgreSQL reads it from text
   */
  public void add(@Nullable String value) {
    if (inRow) {
      put('\t');
    }
    inRow = true;
    if (value == null) {
      put(NULL, 0, NULL.length);
    } else {
      escape(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What is added next belongs to another row. */
  public void endRow() {
    put('\n');
    inRow = false;
  }

  /** PostgreSQL's manual, COPY, "Text Format". No part of a longer character is below a blank. */
  private void escape(byte[] text) {
    int done = 0;
    for (int i = 0; i < text.length; i++) {
      // Hardly any is, and everything passes by here.
      if ((text[i] >= 0 && text[i] < ' ') || text[i] == '\\') {
        char escaped = escaped((char) text[i]);
        if (escaped != 0) {
          put(text, done, i - done);
          put('\\');
          put(escaped);
          done = i + 1;
        }
      }
    }
    put(text, done, text.length - done);
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

  private void put(char ascii) {
    if (length == PIECE) {
      send();
    }
    piece[length++] = (byte) ascii;
  }

  private void put(byte[] text, int from, int many) {
    int at = from;
    int left = many;
    while (left > 0) {
      if (length == PIECE) {
        send();
      }
      int part = Math.min(left, PIECE - length);
      System.arraycopy(text, at, piece, length, part);
      length += part;
      at += part;
      left -= part;
    }
  }

  private void send() {
    try {
      copy.writeToCopy(piece, 0, length);
      length = 0;
    } catch (SQLException refused) {
      throw new NotSentException(refused);
    }
  }

  /** The server has refused what was sent before. */
  private static final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException why;

    NotSentException(SQLException why) {
      super(why);
      this.why = why;
    }
  }
}
