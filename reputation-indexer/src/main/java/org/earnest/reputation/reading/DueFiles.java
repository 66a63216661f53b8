package org.earnest.reputation.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/**
 * Which files are looked at next: those that are due longest, which begins with those that nobody
 * has looked at, and of each host no more than may be asked for at once. So whoever has thousands
 * due takes no others' turns.
 */
final class DueFiles {
  /** Of what is due, this many that are due longest are looked through; all may be millions. */
  static final int WINDOW = 5_000;

  /** Where hosts fill one window, this many more without these are looked through. */
  private static final int MORE_WINDOWS = 15;

  private DueFiles() {}

  /** A file, or its log, that is due. */
  interface Due {
    String host();
  }

  /**
   * Some of a window.
   *
   * @param isFull whether more was due than the window takes
   */
  record Some<T extends Due>(List<T> files, boolean isFull) {}

  /** Looks through a window without the files of some hosts. */
  interface Window<T extends Due> {
    Some<T> without(Collection<String> hosts);
  }

  /**
   * Some that are due.
   *
   * @param busy hosts of which no more may be asked for
   * @param enough at least so many, where they are found
   */
  static <T extends Due> List<T> find(Collection<String> busy, int enough, Window<T> window) {
    Set<String> passed = new HashSet<>(busy);
    Some<T> some = window.without(passed);
    List<T> due = new ArrayList<>(some.files());
    for (int more = 0; some.isFull() && due.size() < enough && more < MORE_WINDOWS; more++) {
      some.files().forEach(file -> passed.add(file.host()));
      some = window.without(passed);
      due.addAll(some.files());
    }
    return due;
  }

  /** In SQL, a window of a table; see {@link #bind}. */
  static String window(String columns, String table) {
    return "select * from (select waiting.*, row_number() over (partition by host"
        + " order by next_look_at) as place, count(*) over () as seen from (select "
        + columns
        + ", host, next_look_at from reputation_file."
        + table
        + " where chain = :chain and next_look_at <= :now and host <> all(:passed)"
        + " order by next_look_at limit :window) waiting) due"
        + " where place <= case host when '' then :limit when :gateway then :of_gateway"
        + " else :per_host end order by next_look_at, place limit :limit";
  }

  static Query bind(Query query, Collection<String> passed, int limit) {
    return query
        .bindArray("passed", String.class, passed)
        .bind("window", WINDOW)
        .bind("gateway", Looks.GATEWAY)
        .bind("of_gateway", Looks.OF_GATEWAY)
        .bind("per_host", Looks.PER_HOST)
        .bind("limit", limit);
  }
}
