package org.earnest.credentials.interoperation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another implementation, from npm, installed once below {@code target}. */
final class NpmOracle {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "oracle.mjs");
  private static final Pattern NO_NETWORK =
      Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|E5\\d\\d|network|socket");
  private static final long MINUTES = 4;

  private final Path folder;

  private NpmOracle(Path folder) {
    this.folder = folder;
  }

  /** Installs it; the test is skipped where no registry can be reached. */
  static NpmOracle install() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target/npm-oracle").toAbsolutePath());
    Path lock = folder.resolve("package-lock.json");
    Path stamp = folder.resolve("installed.json");
    for (String file : FILES) {
      try (InputStream source = NpmOracle.class.getResourceAsStream(file)) {
        Files.copy(source, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    NpmOracle oracle = new NpmOracle(folder);
    if (Files.notExists(stamp) || Files.mismatch(lock, stamp) >= 0) {
      int status = oracle.run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      String errors = Files.readString(folder.resolve("errors.txt"));
      Assumptions.assumeFalse(
          status != 0 && NO_NETWORK.matcher(errors).find(), () -> "no registry: " + errors);
      require(status, errors);
      Files.copy(lock, stamp, StandardCopyOption.REPLACE_EXISTING);
    }
    return oracle;
  }

  /** What the script says to a task. */
  JsonNode ask(JsonNode task) throws IOException, InterruptedException {
    Path file = folder.resolve("task.json");
    Files.writeString(file, task.toString());
    int status = run("node", "oracle.mjs", file.toString());
    require(status, Files.readString(folder.resolve("errors.txt")));
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("output.txt")));
  }

  private int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("output.txt").toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError(command[0] + " takes more than " + MINUTES + " minutes");
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void require(int status, String errors) {
    if (status != 0) {
      throw new AssertionError("status " + status + ": " + errors);
    }
  }
}
