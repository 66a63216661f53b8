package org.earnest.bench.peer;

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

/**
 * Fetches what a peer's files name, where that is not yet there or where they name something else
 * than before.
 *
 * @param name the program's, for messages
 * @param command run in the peer's folder
 * @param versions the file in it that names exact versions
 */
record PeerInstaller(String name, List<String> command, String versions, Duration patience) {
  PeerInstaller {
    command = List.copyOf(command);
  }

  /**
   * Writes the files and installs.
   *
   * @param what the peer, for messages
   * @param beside the class next to which the files' resources lie
   * @param files names in the folder by resource
   * @return the folder
   * @throws StartupException {@code peer_missing}
   */
  Path install(String what, Path folder, Class<?> beside, Map<String, String> files) {
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = folder.resolve(file.getValue());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream source = beside.getResourceAsStream(file.getKey())) {
          Files.copy(Objects.requireNonNull(source), target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Path stamp = folder.resolve(".installed");
      byte[] named = Files.readAllBytes(folder.resolve(versions));
      if (Files.notExists(stamp) || !Arrays.equals(named, Files.readAllBytes(stamp))) {
        fetch(what, folder);
        Files.write(stamp, named);
      }
      return folder;
    } catch (IOException refused) {
      throw missing(what, refused.toString());
    }
  }

  private void fetch(String what, Path folder) {
    ChildCommand fetching =
        new ChildCommand(name, command, folder.resolve(name + ".log")).in(folder);
    try (ChildProcess child = ChildProcess.start(fetching)) {
      int status = child.awaitExit(patience);
      if (status != 0) {
        throw missing(what, name + " ended with status " + status + ": " + child.lastLine());
      }
    }
  }

  private StartupException missing(String what, String reason) {
    return new StartupException(
        "peer_missing",
        what + " could not be installed: " + reason,
        "Let " + name + " reach its registry, or leave the peers out with --no-peers.");
  }
}
