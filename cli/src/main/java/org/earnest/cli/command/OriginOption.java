package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.kit.http.Origin;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Option;

/** Where a host is reached beside its own address. */
final class OriginOption {
  @Option(
      names = "--allow-origin",
      paramLabel = "URL",
      description = {
        "Another origin that the house is reached at or whose pages may change things,",
        "such as a proxy's: https://agents.example. May be repeated."
      })
  private List<String> allowed = new ArrayList<>();

  /**
   * The origins.
   *
   * @throws StartupException {@code origin_invalid}
   */
  Set<Origin> origins() {
    try {
      return allowed.stream().map(Origin::parse).collect(Collectors.toUnmodifiableSet());
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "origin_invalid",
          "--allow-origin: " + malformed.getMessage(),
          "Write it without a path, such as https://agents.example");
    }
  }
}
