package org.earnest.bench.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A folder with a peer from Maven: our files, and the jars that its pom.xml names. */
public final class MavenFolder {
  /** The jars, as a class path from within the folder. */
  public static final String CLASS_PATH = "lib/*";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private MavenFolder() {}

  /**
   * Writes the files, and copies the jars into {@code lib} where they are not yet there.
   *
   * @param what the peer, for messages
   * @param maven the program, as a path or a name on the path
   * @param beside the class next to which the files' resources lie
   * @param files names in the folder by resource; a pom.xml among them, which says where to
   * @return the folder
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  public static Path install(
      String what, Path folder, String maven, Class<?> beside, Map<String, String> files) {
    List<String> command =
        List.of(maven, "-B", "-q", "-f", "pom.xml", "dependency:copy-dependencies");
    return new PeerInstaller("maven", command, "pom.xml", PATIENCE)
        .install(what, folder, beside, files);
  }
}
