package org.earnest.kit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.earnest.kit.process.StartupException;

/**
 * PostgreSQL refuses to run as root. Where we are root it runs in a user namespace of its own, in
 * which it is nobody; it still owns the files, which are ours.
 */
final class RootShield {
  private static final List<String> NAMESPACE = List.of("unshare", "--user");
  private static final long CHECK_SECONDS = 60;

  private final boolean root;

  private RootShield(boolean root) {
    this.root = root;
  }

  /**
   * @param owned a folder that we made
   * @throws StartupException {@code database_as_root} where we are root and may make no namespace
   */
  static RootShield check(Path owned) throws IOException {
    boolean root = Files.getAttribute(owned, "unix:uid").equals(0);
    if (root && !canMakeNamespace()) {
      throw new StartupException(
          "database_as_root",
          "PostgreSQL does not run as root, and no user namespace can be made here",
          "Run as another user, or give the URL of a PostgreSQL with --database-url.");
    }
    return new RootShield(root);
  }

  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(root ? NAMESPACE : List.of());
    command.add(program);
    command.addAll(arguments);
    return command;
  }

  private static boolean canMakeNamespace() {
    List<String> check = new ArrayList<>(NAMESPACE);
    check.add("true");
    try {
      Process process =
          new ProcessBuilder(check)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(CHECK_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
