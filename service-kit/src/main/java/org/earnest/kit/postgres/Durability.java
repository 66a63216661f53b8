package org.earnest.kit.postgres;

import java.util.Map;
import java.util.TreeMap;
import org.earnest.kit.process.StartupException;

/**
 * What was committed must survive a crash of the machine. Asked of the server itself: settings may
 * come from its files, its command line, the role or the database.
 */
final class Durability {
  private Durability() {}

  static void require(Database database) {
    Map<String, String> off = new TreeMap<>();
    settings(database)
        .forEach(
            (name, value) -> {
              if (value.equals("off")) {
                off.put(name, value);
              }
            });
    if (!off.isEmpty()) {
      throw new StartupException(
          "database_not_durable",
          "the database would lose committed work in a crash: " + off,
          "Turn these settings on; signed transactions and settled deals rest on them.");
    }
  }

  static Map<String, String> settings(Database database) {
    return database.call(
        handle -> {
          Map<String, String> settings = new TreeMap<>();
          handle
              .createQuery("select name, setting from pg_settings where name in (<names>)")
              .bindList("names", EmbeddedPostgres.DURABLE.keySet())
              .map((row, context) -> settings.put(row.getString(1), row.getString(2)))
              .forEach(ignored -> {});
          return settings;
        });
  }
}
