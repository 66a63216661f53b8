package org.earnest.devnet;

import java.nio.file.Path;

/**
 * How anvil is to run.
 *
 * @param binary the program, see {@link AnvilBinary}
 * @param directory where its log goes, and its state if that is kept; made when missing
 * @param port on 127.0.0.1; 0 for any free one
 * @param keeps whether the chain outlives the process
 */
public record AnvilSettings(Path binary, Path directory, int port, Keeps keeps) {
  private static final int MAX_PORT = 65_535;

  /** What becomes of the chain. */
  public enum Keeps {
    NOTHING,
    CHAIN,
    /** What was kept before is deleted first. */
    NEW_CHAIN
  }

  public AnvilSettings {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port lies between 0 and " + MAX_PORT + ": " + port);
    }
    directory = directory.toAbsolutePath().normalize();
  }

  /** A chain that ends with its process, on a free port. */
  public static AnvilSettings ephemeral(Path binary, Path directory) {
    return new AnvilSettings(binary, directory, 0, Keeps.NOTHING);
  }

  /** A chain that the directory keeps, on a free port. */
  public static AnvilSettings persistent(Path binary, Path directory) {
    return new AnvilSettings(binary, directory, 0, Keeps.CHAIN);
  }

  public AnvilSettings onPort(int wanted) {
    return new AnvilSettings(binary, directory, wanted, keeps);
  }

  /** Without the chain that the directory kept so far. */
  public AnvilSettings fresh() {
    return new AnvilSettings(binary, directory, port, Keeps.NEW_CHAIN);
  }
}
