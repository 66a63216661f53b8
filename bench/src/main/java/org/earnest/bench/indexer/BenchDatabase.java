package org.earnest.bench.indexer;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.earnest.kit.postgres.DatabaseSettings;

/** A database on a server, which whoever indexes has for itself. Its names are never strangers'. */
public final class BenchDatabase {
  private static final String UNDEFINED_TABLE = "42P01";

  private final DatabaseSettings server;
  private final String name;

  private BenchDatabase(DatabaseSettings server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Makes an empty one, whatever was there. */
  public static BenchDatabase create(DatabaseSettings server, String name) throws SQLException {
    try (Connection connection = connect(server, server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name);
    }
    return new BenchDatabase(server, name);
  }

  /** With user and password, as programs take it. */
  public String url() {
    return jdbcUrl()
        .replaceFirst(
            "^jdbc:postgresql://",
            "postgresql://" + encoded(server.user()) + ":" + encoded(server.password()) + "@");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String jdbcUrl() {
    return server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect(server, jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Bytes on the disk. */
  long size() throws SQLException {
    return query("select pg_database_size('" + name + "')", row -> row.getLong(1));
  }

  /** How many entries a table holds, and their values' sum; empty while there is no such table. */
  Optional<Totals> totals(String table) throws SQLException {
    try {
      return Optional.of(
          query(
              "select count(*), coalesce(sum(value), 0) from " + table,
              row -> {
                BigDecimal sum = row.getBigDecimal(2);
                return new Totals(row.getLong(1), sum.toBigIntegerExact());
              }));
    } catch (SQLException failed) {
      if (UNDEFINED_TABLE.equals(failed.getSQLState())) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> T query(String sql, Reading<T> reading) throws SQLException {
    try (Connection connection = connect(server, jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return reading.of(rows);
    }
  }

  private static Connection connect(DatabaseSettings server, String url) throws SQLException {
    return DriverManager.getConnection(url, server.user(), server.password());
  }
}
