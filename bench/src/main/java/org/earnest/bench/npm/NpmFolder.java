package org.earnest.bench.npm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;

/** A folder with a peer: our files, and what its lock file names. */
public final class NpmFolder {
  private static final String LOCK = "package-lock.json";
  private static final Duration INSTALL_PATIENCE = Duration.ofMinutes(5);

  private NpmFolder() {}

  /**
   * Writes the files, and installs what the lock file names where that is not yet there.
   *
   * @param what the peer, for messages
   * @param beside the class next to which the files' resources lie
   * @param files names in the folder by resource; a package.json and its lock file among them
   * @return the folder
   * @throws StartupException {@code peer_missing}
   */
  public static Path install(String what, Path folder, Class<?> beside, Map<String, String> files) {
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = folder.resolve(file.getValue());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream source = beside.getResourceAsStream(file.getKey())) {
          Files.copy(Objects.requireNonNull(source), target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Path stamp = folder.resolve("installed.json");
      byte[] lock = Files.readAllBytes(folder.resolve(LOCK));
      if (Files.notExists(stamp) || !Arrays.equals(lock, Files.readAllBytes(stamp))) {
        npm(what, folder);
        Files.write(stamp, lock);
      }
      return folder;
    } catch (IOException refused) {
      throw missing(what, refused.toString());
    }
  }

  private static void npm(String what, Path folder) {
    // Not "ci", which refuses a lock file that lacks an optional package of other machines.
    List<String> command =
        List.of("npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund");
    ChildCommand npm = new ChildCommand("npm", command, folder.resolve("npm.log")).in(folder);
    try (ChildProcess child = ChildProcess.start(npm)) {
      int status = child.awaitExit(INSTALL_PATIENCE);
      if (status != 0) {
        throw missing(what, "npm ended with status " + status + ": " + child.lastLine());
      }
    }
  }

  private static StartupException missing(String what, String reason) {
    return new StartupException(
        "peer_missing",
        what + " could not be installed: " + reason,
        "Let npm reach its registry, or leave the peers out with --no-peers.");
  }
}
