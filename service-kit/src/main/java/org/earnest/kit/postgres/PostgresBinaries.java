package org.earnest.kit.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.FileTree;

/**
 * PostgreSQL's programs, unpacked from the archive on the class path into a folder that only its
 * user can write: what runs from there must not be anybody else's.
 */
record PostgresBinaries(Path folder) {
  private static final int OWNER_EXECUTE = 0100;
  private static final String UNPACKING = "unpacking-";
  private static final Pattern UNPACKING_BY = Pattern.compile(UNPACKING + "(\\d{1,18})");

  /**
   * Unpacks unless it was unpacked before; a half-done unpacking is never taken for a whole one.
   */
  static PostgresBinaries unpack(Path parent) throws IOException {
    String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream resource = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (resource == null) {
        throw unsupported(archive);
      }
      Path folder = parent.resolve(archive.replace(".txz", "") + "-" + resource.available());
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(parent);
        removeLeftovers(parent);
        Path partial = parent.resolve(UNPACKING + ProcessHandle.current().pid());
        try {
          unpack(resource, Files.createDirectory(partial));
          publish(partial, folder);
        } finally {
          deleteIfThere(partial);
        }
      }
      return new PostgresBinaries(folder);
    }
  }

  /** What runs left that were killed while they unpacked. */
  private static void removeLeftovers(Path parent) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> entries = Files.list(parent)) {
      leftovers = entries.filter(PostgresBinaries::isLeftover).toList();
    }
    for (Path leftover : leftovers) {
      deleteIfThere(leftover);
    }
  }

  private static boolean isLeftover(Path entry) {
    Matcher name = UNPACKING_BY.matcher(entry.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    long pid = Long.parseLong(name.group(1));
    return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
  }

  private static void deleteIfThere(Path folder) throws IOException {
    if (Files.exists(folder)) {
      FileTree.delete(folder);
    }
  }

  /** Another process may have unpacked the same meanwhile; either is as good. */
  private static void publish(Path partial, Path folder) throws IOException {
    try {
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException failure) {
      if (!Files.isDirectory(folder)) {
        throw failure;
      }
    }
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  /** How the archive for a platform is named. */
  static String archive(String os, String architecture) {
    String system = os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    return "postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  private static StartupException unsupported(String archive) {
    return new StartupException(
        "database_platform",
        "there is no embedded PostgreSQL for this platform (" + archive + ")",
        "Give the URL of a PostgreSQL with --database-url.");
  }

  private static void unpack(InputStream resource, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(resource)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, target);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("the archive leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      Files.setPosixFilePermissions(file, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.copyOf(PosixFilePermissions.fromString("rw-------"));
    if ((mode & OWNER_EXECUTE) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
    }
    return permissions;
  }
}
