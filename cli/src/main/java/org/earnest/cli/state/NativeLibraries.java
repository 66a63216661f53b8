package org.earnest.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.FileTree;
import org.earnest.kit.state.StateDirectory;

/**
 * Where the native secp256k1 library is unpacked: in the run's own folder and not in the machine's
 * temporary one, where a killed run's copy would stay for ever.
 */
public final class NativeLibraries {
  private static final String FOLDER = "native";

  /** The library's own setting. */
  private static final String PROPERTY = "fr.acinq.secp256k1.tmpdir";

  private NativeLibraries() {}

  /**
   * Removes what an earlier run left there. To be called before the first signature.
   *
   * @throws StartupException {@code state_not_usable}
   */
  public static void unpackInto(StateDirectory state) {
    try {
      Path folder = state.resolve(FOLDER);
      if (Files.exists(folder)) {
        FileTree.delete(folder);
      }
      System.setProperty(PROPERTY, state.folder(FOLDER).toString());
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the state directory cannot be written: " + refused,
          "Make " + state.path() + " writable and free some space, or choose another with --state",
          refused);
    }
  }
}
