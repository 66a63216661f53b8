package org.earnest.kit.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earnest.kit.process.StartupException;

/**
 * How to reach a PostgreSQL database.
 *
 * @param jdbcUrl without user and password
 */
public record DatabaseSettings(String jdbcUrl, String user, String password) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * From a URL: {@code postgresql://user:password@host:port/database?parameters}, with or without
   * {@code jdbc:} before it, user and password also as parameters.
   *
   * @throws StartupException {@code database_url}; its message does not repeat the password
   */
  public static DatabaseSettings parse(String url) {
    String plain = url.toLowerCase(Locale.ROOT).startsWith("jdbc:") ? url.substring(5) : url;
    URI uri;
    try {
      uri = new URI(plain);
    } catch (URISyntaxException malformed) {
      throw refused("it is not a URL");
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
      throw refused("it does not begin with postgresql://");
    }
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw refused("it names no host or no database");
    }
    return of(uri);
  }

  private static DatabaseSettings of(URI uri) {
    String user = "";
    String password = "";
    if (uri.getRawUserInfo() != null) {
      String info = uri.getRawUserInfo();
      int colon = info.indexOf(':');
      user = decode(colon < 0 ? info : info.substring(0, colon));
      password = colon < 0 ? "" : decode(info.substring(colon + 1));
    }
    List<String> others = new ArrayList<>();
    for (String parameter : parameters(uri)) {
      if (parameter.startsWith("user=")) {
        user = decode(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = decode(parameter.substring("password=".length()));
      } else {
        others.add(parameter);
      }
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    String query = others.isEmpty() ? "" : "?" + String.join("&", others);
    return new DatabaseSettings(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
        user,
        password);
  }

  static DatabaseSettings of(String host, int port, String database, String user, String password) {
    return new DatabaseSettings(
        "jdbc:postgresql://" + host + ":" + port + "/" + database, user, password);
  }

  private static List<String> parameters(URI uri) {
    return uri.getRawQuery() == null ? List.of() : List.of(uri.getRawQuery().split("&", -1));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static StartupException refused(String why) {
    return new StartupException(
        "database_url",
        "the database URL cannot be used: " + why,
        "Write it as postgresql://user:password@host:5432/database");
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + jdbcUrl + ", user=" + user + "]";
  }
}
