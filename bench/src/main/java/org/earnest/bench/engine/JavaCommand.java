package org.earnest.bench.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a program of this class path, quickly: most lives are short. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The command line.
   *
   * @param mainClass the program's
   * @param nativeFolder where the native secp256k1 library is unpacked; killed processes leave it
   * @param archive the option that writes or reads the archive of its classes
   */
  public static List<String> of(
      String mainClass, Path nativeFolder, int heapMegabytes, String archive) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            archive,
            "-Xmx" + heapMegabytes + "m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfr.acinq.secp256k1.tmpdir=" + nativeFolder,
            "-cp",
            System.getProperty("java.class.path"),
            mainClass));
    return List.copyOf(command);
  }
}
