package org.earnest.kit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

class LoggingTest {
  @TempDir Path folder;

  private final PrintStream realError = System.err;
  private final PrintStream realOutput = System.out;
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(error, true, UTF_8));
    System.setOut(new PrintStream(output, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(realError);
    System.setOut(realOutput);
    Logging.plain();
  }

  @Test
  void writesJsonLinesToErrorAndFileAndNothingToOutput() throws Exception {
    Path file = folder.resolve("earnest.log");
    Logging.start(Level.INFO, file);
    MDC.put("traceId", "abc");
    LoggerFactory.getLogger("org.earnest.sample").info("sold {}\nfor \"{}\"", 1, 2);
    MDC.clear();
    LoggerFactory.getLogger("org.earnest.sample").error("broke", new IllegalStateException("why"));
    String[] lines = error.toString(UTF_8).strip().split("\n", -1);
    assertThat(lines).hasSize(2);
    JsonNode first = StrictJson.readTree(lines[0].getBytes(UTF_8));
    assertThat(first.path("formattedMessage").asString()).isEqualTo("sold 1\nfor \"2\"");
    assertThat(first.path("level").asString()).isEqualTo("INFO");
    assertThat(first.path("mdc").path("traceId").asString()).isEqualTo("abc");
    assertThat(
            StrictJson.readTree(lines[1].getBytes(UTF_8))
                .path("throwable")
                .path("message")
                .asString())
        .isEqualTo("why");
    assertThat(Files.readString(file)).isEqualTo(error.toString(UTF_8));
    assertThat(output.size()).isZero();
  }

  @Test
  void keepsLibrariesQuietAndTakesJavaUtilLoggingIn() {
    Logging.start(Level.DEBUG, folder.resolve("earnest.log"));
    LoggerFactory.getLogger("org.flywaydb.core").info("migrated");
    LoggerFactory.getLogger("com.zaxxer.hikari.pool").info("pool");
    LoggerFactory.getLogger("org.eclipse.jetty.server").info("started");
    LoggerFactory.getLogger("org.earnest.sample").debug("ours");
    java.util.logging.Logger.getLogger("org.postgresql.Driver").warning("from jul");
    assertThat(error.toString(UTF_8))
        .contains("ours", "from jul")
        .doesNotContain("migrated", "\"pool\"", "started");
  }

  @Test
  void aFailureThatIsThrownIsNotToldTwice() {
    Logging.start(Level.INFO, folder.resolve("earnest.log"));
    LoggerFactory.getLogger("org.flywaydb.core.internal.jdbc.TransactionalExecutionTemplate")
        .error("Unable to rollback transaction");
    LoggerFactory.getLogger("org.flywaydb.core.internal.command.DbMigrate").error("Failed");

    assertThat(error.toString(UTF_8)).contains("Failed").doesNotContain("Unable to rollback");
  }

  @Test
  void speaksPlainlyToWhoTypesACommand() {
    Logging.plain();
    LoggerFactory.getLogger("org.earnest.sample").info("not this");
    LoggerFactory.getLogger("com.zaxxer.hikari.pool").error("nor this");
    LoggerFactory.getLogger("org.earnest.sample").warn("mind that", new IllegalStateException("x"));
    assertThat(error.toString(UTF_8)).isEqualToIgnoringNewLines("WARN: mind that");
    assertThat(output.size()).isZero();
  }
}
