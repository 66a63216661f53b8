package org.earnest.kit.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.kit.state.StateDirectory;

/** Starts embedded servers whose programs are unpacked once for all tests. */
public final class PostgresFixture {
  private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

  private PostgresFixture() {}

  public static EmbeddedPostgres start(StateDirectory state) throws IOException {
    return EmbeddedPostgres.start(state, Files.createDirectories(BINARIES));
  }

  public static Database open(EmbeddedPostgres postgres) {
    return Database.open(postgres.settings(), metrics());
  }

  static MeterRegistry metrics() {
    return new SimpleMeterRegistry();
  }
}
