package org.earnest.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Can we write in the state directory's place, and is there room?
 *
 * @param wantedBytes what must be free
 */
public record DiskCheck(Path state, long wantedBytes) implements Check {
  private static final String NAME = "disk";
  private static final long MEBIBYTE = 1024L * 1024;

  /** A new PostgreSQL cluster with its write-ahead log and the chain's state stay below this. */
  private static final long WANTED_BYTES = 512 * MEBIBYTE;

  /** Room enough for {@code dev}. */
  public static DiskCheck of(Path state) {
    return new DiskCheck(state, WANTED_BYTES);
  }

  @Override
  public Finding run() {
    Path folder = nearestExisting(state.toAbsolutePath().normalize());
    try {
      Path probe = Files.createTempFile(folder, ".earnest-probe", "");
      Files.delete(probe);
      long free = Files.getFileStore(folder).getUsableSpace();
      String found = free / MEBIBYTE + " MiB free in " + folder;
      return free < wantedBytes
          ? Finding.fail(
              NAME,
              found + ", less than " + wantedBytes / MEBIBYTE,
              "make room, or choose another folder with --state")
          : Finding.ok(NAME, found);
    } catch (IOException refused) {
      return Finding.fail(
          NAME,
          "cannot write in " + folder + " (" + refused + ")",
          "allow it, make room, or choose another folder with --state");
    }
  }

  private static Path nearestExisting(Path path) {
    Path candidate = path;
    while (!Files.isDirectory(candidate) && candidate.getParent() != null) {
      candidate = candidate.getParent();
    }
    return candidate;
  }
}
