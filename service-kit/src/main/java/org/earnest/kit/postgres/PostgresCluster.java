package org.earnest.kit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.FileTree;

/**
 * A cluster's files: its data, the password of its one role, and who may connect.
 *
 * @param home the folder of the embedded PostgreSQL, for its user alone
 */
record PostgresCluster(Path home) {
  static final String ROLE = "earnest";

  private static final Duration INIT_PATIENCE = Duration.ofMinutes(2);
  private static final int PASSWORD_BYTES = 32;
  private static final String HBA = "host all %s 127.0.0.1/32 scram-sha-256%n".formatted(ROLE);

  Path data() {
    return home.resolve("data");
  }

  Path hbaFile() {
    return home.resolve("pg_hba.conf");
  }

  Path serverLog() {
    return home.resolve("server.log");
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  private Path initialising() {
    return home.resolve("initialising");
  }

  private Path passwordFile() {
    return home.resolve("password");
  }

  /** Makes the cluster unless it is there; one that was made by half does not count. */
  void initialise(PostgresBinaries binaries, RootShield shield) throws IOException {
    writePrivately(hbaFile(), HBA);
    if (Files.isDirectory(data())) {
      requirePassword();
      return;
    }
    if (!Files.exists(passwordFile())) {
      writePrivately(passwordFile(), newPassword());
    }
    FileTree.delete(Files.createDirectories(initialising()));
    Path partial = Files.createDirectory(initialising());
    List<String> arguments =
        List.of(
            "--pgdata=" + partial,
            "--username=" + ROLE,
            "--pwfile=" + passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    run(shield.command(binaries.program("initdb"), arguments));
    Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(List<String> command) {
    ChildCommand initdb = new ChildCommand("initdb", command, home.resolve("initdb.log"));
    try (ChildProcess child = ChildProcess.start(initdb)) {
      int status = child.awaitExit(INIT_PATIENCE);
      if (status != 0) {
        throw PostgresFailures.of(child, "ended with status " + status);
      }
    }
  }

  private void requirePassword() {
    if (!Files.isReadable(passwordFile())) {
      throw new StartupException(
          "database_state_damaged",
          "the embedded database's password file is missing: " + passwordFile(),
          "Start anew with --fresh, or restore the file.");
    }
  }

  private static void writePrivately(Path file, String text) throws IOException {
    // One name, so that a kill in between leaves nothing that the next start does not replace.
    Path partial = file.resolveSibling(file.getFileName() + ".writing");
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(partial, text);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
