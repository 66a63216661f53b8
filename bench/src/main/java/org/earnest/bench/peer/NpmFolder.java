package org.earnest.bench.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder with a peer from npm: our files, and what its lock file names. */
public final class NpmFolder {
  // Not "ci", which refuses a lock file that lacks an optional package of other machines.
  private static final PeerInstaller NPM =
      new PeerInstaller(
          "npm",
          List.of("npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"),
          "package-lock.json",
          Duration.ofMinutes(5));

  private NpmFolder() {}

  /**
   * Writes the files, and installs what the lock file names where that is not yet there.
   *
   * @param what the peer, for messages
   * @param beside the class next to which the files' resources lie
   * @param files names in the folder by resource; a package.json and its lock file among them
   * @return the folder
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  public static Path install(String what, Path folder, Class<?> beside, Map<String, String> files) {
    return NPM.install(what, folder, beside, files);
  }

  /** The same with a package.json, its lock file and programs, called as their resources are. */
  public static Path install(String what, Path folder, Class<?> beside, String... programs) {
    Map<String, String> files =
        Stream.concat(Stream.of("package.json", "package-lock.json"), Stream.of(programs))
            .collect(Collectors.toUnmodifiableMap(UnaryOperator.identity(), name -> name));
    return install(what, folder, beside, files);
  }
}
