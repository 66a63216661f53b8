package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own; skipped where none can be mounted. */
class FullDiskIT {
  private static final String SIZE = "size=160m";
  private static final long SPARE_BYTES = 2L * 1024 * 1024;

  @TempDir Path folder;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", disk.toString()),
        "no tmpfs can be mounted here (needs root)");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void namesAFullDiskAndLosesNothing() throws Exception {
    try (StateDirectory state = StateDirectory.open(disk.resolve("state"));
        EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      database.migrate("sample");
      insert(database, "before", 1);
      fill();
      assertThatThrownBy(() -> insert(database, "large", 8 * 1024))
          .isInstanceOfSatisfying(
              DatabaseUnavailableException.class,
              full -> {
                assertThat(full.code()).isEqualTo("disk_full");
                assertThat(full.detail()).contains("Free some space");
              });
      assertThat(ids(database)).isEqualTo("before");
      Files.delete(disk.resolve("filler"));
      insert(database, "large", 8 * 1024);
      assertThat(ids(database)).isEqualTo("before,large");
    }
  }

  @Test
  void namesAFullDiskAtTheStart() throws Exception {
    try (StateDirectory state = StateDirectory.open(disk.resolve("state"))) {
      fill();
      assertThatThrownBy(() -> PostgresFixture.start(state))
          .isInstanceOfSatisfying(
              StartupException.class,
              full -> {
                assertThat(full.code()).isEqualTo("disk_full");
                assertThat(full.remedy()).contains("--state");
              });
      Files.delete(disk.resolve("filler"));
      PostgresFixture.start(state).close();
    }
  }

  private void fill() throws Exception {
    long free = Files.getFileStore(disk).getUsableSpace() - SPARE_BYTES;
    byte[] block = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
      for (long written = 0; written + block.length <= free; written += block.length) {
        out.write(block);
      }
    }
  }

  /** Text that does not compress, in kilobytes. */
  private static void insert(Database database, String id, int kilobytes) {
    database.run(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into sample.note
                    select :id, string_agg(md5(n::text || :id), '') from generate_series(1, :count) n
                    """)
                .bind("id", id)
                .bind("count", kilobytes * 32)
                .execute());
  }

  private static String ids(Database database) {
    return database.call(
        handle ->
            handle
                .createQuery("select string_agg(id, ',' order by id) from sample.note")
                .mapTo(String.class)
                .one());
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }
}
