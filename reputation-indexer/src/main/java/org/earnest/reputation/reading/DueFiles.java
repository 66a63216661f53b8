package org.earnest.reputation.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Which files of a table are looked at next. A look steps from host to host, from where the last
 * one ended, and takes of each no more than may be asked for at once: what it costs does not grow
 * with what a host has due, and whoever has millions due takes no others' turns. Of what it found,
 * it gives what nobody has looked at, then what is due longest. Not thread-safe.
 */
final class DueFiles<T extends DueFiles.Due> {
  /** Files that a look gives at most. */
  static final int BATCH = 64;

  /** Hosts that a look goes through, whether or not they have files due. */
  static final int HOSTS = 1_000;

  /** Of these files nobody is asked, so that they are in each look; before all hosts in order. */
  private static final String NOBODY = "";

  private static final String STEPS =
      "with recursive step (host, place) as ("
          + "(select host, 1 from <table> where chain = :chain and next_look_at is not null"
          + " and host > :after order by host limit 1)"
          + " union all select (select host from <table> where chain = :chain"
          + " and next_look_at is not null and host > step.host order by host limit 1), place + 1"
          + " from step where host is not null and place < :hosts)"
          + " select host from step where host is not null order by place";

  private static final String FILES =
      "select due.* from unnest(:among) asked (name) cross join lateral"
          + " (select *, row_number() over (order by next_look_at) as place from ("
          + first(Looks.PER_HOST, "not in ('', '" + Looks.GATEWAY + "')")
          + " union all "
          + first(Looks.OF_GATEWAY, "= '" + Looks.GATEWAY + "'")
          + " union all "
          + first(BATCH, "= ''")
          + ") few) due"
          // One of each before the second of any.
          + " order by next_look_at, place, host limit "
          + BATCH;

  private final String table;
  private final String columns;
  private final Caip2ChainId chain;
  private final RowMapper<T> mapper;
  private String after = NOBODY;

  DueFiles(String table, String columns, Caip2ChainId chain, RowMapper<T> mapper) {
    this.table = "reputation_file." + table;
    this.columns = columns;
    this.chain = chain;
    this.mapper = mapper;
  }

  /** A file, or its log, that is due. */
  interface Due {
    String host();
  }

  /**
   * Some that are due; none where none of this look's hosts has any.
   *
   * @param busy hosts of which no more may be asked for
   */
  List<T> next(Handle handle, Instant now, Collection<String> busy) {
    List<String> hosts = hosts(handle);
    List<String> among = new ArrayList<>(hosts);
    among.add(NOBODY);
    among.removeAll(busy);
    List<T> files = files(handle, now, among);
    after = files.size() < BATCH ? end(hosts) : lastOf(files, hosts);
    return files;
  }

  /**
   * The planner is told how few, as it would sort all of a host's for a number it does not know.
   */
  private static String first(int files, String hosts) {
    return "(select <columns>, host, next_look_at from <table> where chain = :chain and host = asked.name and asked.name "
        + hosts
        + " and next_look_at <= :now order by next_look_at limit "
        + files
        + ")";
  }

  private static String end(List<String> hosts) {
    return hosts.size() < HOSTS ? NOBODY : hosts.getLast();
  }

  /** Hosts beyond it may have had no place among the files. */
  private String lastOf(List<T> files, List<String> hosts) {
    int last = files.stream().mapToInt(file -> hosts.indexOf(file.host())).max().orElse(-1);
    return last < 0 ? end(hosts) : hosts.get(last);
  }

  private List<String> hosts(Handle handle) {
    return handle
        .createQuery(STEPS)
        .define("table", table)
        .bind("chain", chain.toString())
        .bind("after", after)
        .bind("hosts", HOSTS)
        .mapTo(String.class)
        .list();
  }

  private List<T> files(Handle handle, Instant now, Collection<String> among) {
    return handle
        .createQuery(FILES)
        .define("table", table)
        .define("columns", columns)
        .bindArray("among", String.class, among)
        .bind("chain", chain.toString())
        .bind("now", Columns.at(now))
        .map(mapper)
        .list();
  }
}
