package org.earnest.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes that belong to a state directory: by their command line or by where they work. */
final class Leftovers {
  private static final long PATIENCE_SECONDS = 120;

  private Leftovers() {}

  /** What is still there once those that are just ending have ended. */
  static List<String> of(Path state) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<String> left = now(state);
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
      left = now(state);
    }
    return left;
  }

  static List<String> now(Path state) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .map(process -> describe(process))
          .filter(text -> text.contains(state.toString()))
          .toList();
    }
  }

  /** Empty for one that ended meanwhile. */
  private static String describe(Path process) {
    try {
      String command =
          new String(
                  Files.readAllBytes(process.resolve("cmdline")),
                  java.nio.charset.StandardCharsets.UTF_8)
              .replace('\0', ' ');
      return process.getFileName()
          + " "
          + command
          + " in "
          + Files.readSymbolicLink(process.resolve("cwd"));
    } catch (IOException ended) {
      return "";
    }
  }
}
