package org.earnest.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.devnet.AnvilBinary;
import org.jspecify.annotations.Nullable;

/** Earnest's own folder, as the launcher names it. */
final class EarnestHome {
  private EarnestHome() {}

  /** The folder; the current one when started without the launcher. */
  static Path path() {
    return Path.of(System.getProperty("earnest.home", "")).toAbsolutePath().normalize();
  }

  /**
   * The anvil among the contracts' npm packages.
   *
   * @throws org.earnest.kit.process.StartupException {@code anvil_missing}
   */
  static Path anvil() {
    return AnvilBinary.find(path().resolve("contracts"), System.getenv());
  }

  /** The wrapper that builds Earnest; where that is not shipped, the Maven on the path. */
  static String maven() {
    Path wrapper = path().resolve("mvnw");
    return Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
  }

  /** Where runs that keep nothing have their folders. */
  static Path temporary() {
    return path().resolve(".earnest/run");
  }

  /** PostgreSQL's programs, unpacked once for all runs. */
  static Path postgresBinaries() {
    return path().resolve(".earnest/postgresql");
  }

  /** What was paid by x402, where no other file is named. */
  static Path payments(@Nullable Path journal) {
    return journal != null ? journal : path().resolve(".earnest/x402/payments.journal");
  }
}
