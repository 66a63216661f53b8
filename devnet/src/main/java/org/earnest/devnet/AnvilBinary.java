package org.earnest.devnet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.earnest.kit.process.StartupException;

/** Finds anvil among the contracts' npm packages. */
public final class AnvilBinary {
  /** Names another anvil than the npm package's. */
  public static final String OVERRIDE = "EARNEST_ANVIL";

  private AnvilBinary() {}

  /**
   * The anvil to run here.
   *
   * @param contracts the folder whose {@code node_modules} holds it
   * @param environment where {@link #OVERRIDE} may be set
   * @throws StartupException {@code anvil_missing}
   */
  public static Path find(Path contracts, Map<String, String> environment) {
    String override = environment.get(OVERRIDE);
    if (override != null && !override.isBlank()) {
      return executable(
          Path.of(override), "Let " + OVERRIDE + " name an anvil program, or leave it unset.");
    }
    String platform =
        platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    return executable(
        contracts.resolve("node_modules/@foundry-rs/anvil-" + platform + "/bin/anvil"),
        "Run 'npm ci --ignore-scripts' in "
            + contracts
            + ", or let "
            + OVERRIDE
            + " name an anvil program.");
  }

  private static Path executable(Path file, String remedy) {
    if (!Files.isExecutable(file) || Files.isDirectory(file)) {
      throw new StartupException("anvil_missing", "there is no anvil at " + file, remedy);
    }
    return file.toAbsolutePath();
  }

  /** The end of the npm package's name. */
  static String platform(String system, String architecture) {
    String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    return os + (architecture.equals("aarch64") ? "-arm64" : "-amd64");
  }
}
