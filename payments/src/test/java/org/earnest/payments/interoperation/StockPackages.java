package org.earnest.payments.interoperation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stock npm packages, installed once below {@code target}, and scripts that use them. */
final class StockPackages {
  private static final List<String> FILES =
      List.of(
          "package.json",
          "package-lock.json",
          "buy.mjs",
          "facilitate.mjs",
          "metered.mjs",
          "sell.mjs",
          "settle.mjs");
  private static final Pattern NO_NETWORK =
      Pattern.compile(
          "ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT"
              + "|EHOSTUNREACH|ENETUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|E5\\d\\d|E407|E429|EPROTO|CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_SSL|ERR_TLS|network|socket"
              + " hang up|[Pp]roxy");
  private static final long INSTALL_SECONDS = 180;
  private static final long RUN_SECONDS = 120;

  private final Path folder;
  private final AtomicInteger started = new AtomicInteger();

  private StockPackages(Path folder) {
    this.folder = folder;
  }

  /** Installs them; the test is skipped where no registry can be reached. */
  static StockPackages install() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/x402-stock").toAbsolutePath());
    Path lock = folder.resolve("package-lock.json");
    Path stamp = folder.resolve("installed.json");
    for (String file : FILES) {
      try (InputStream source = StockPackages.class.getResourceAsStream(file)) {
        Files.copy(source, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.notExists(stamp) || Files.mismatch(lock, stamp) >= 0) {
      Outcome outcome = installed(folder);
      Assumptions.assumeFalse(
          outcome.status() != 0 && isNetwork(outcome.errors()),
          () -> "npm reaches no registry: " + outcome.errors());
      outcome.require();
      Files.copy(lock, stamp, StandardCopyOption.REPLACE_EXISTING);
    }
    return new StockPackages(folder);
  }

  private static Outcome installed(Path folder) throws IOException, InterruptedException {
    try {
      return run(
          folder,
          INSTALL_SECONDS,
          Map.of(),
          List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    } catch (TimeoutException slow) {
      return Assumptions.abort("the registry is too slow: " + slow.getMessage());
    }
  }

  /** Whether npm failed for want of a registry, by what it wrote. */
  static boolean isNetwork(String errors) {
    return NO_NETWORK.matcher(errors).find();
  }

  /** What a script prints. */
  JsonNode run(String script, String buyerKey, Object... arguments) throws Exception {
    Outcome outcome =
        run(folder, RUN_SECONDS, Map.of("BUYER_KEY", buyerKey), command(script, arguments));
    return JsonMapper.shared().readTree(outcome.require().output());
  }

  /** A script that goes on until it is closed. */
  ChildProcess start(String script, Object... arguments) {
    return start(Map.of(), script, arguments);
  }

  /** The same with variables of its environment. */
  ChildProcess start(Map<String, String> environment, String script, Object... arguments) {
    Path output = folder.resolve("server-" + started.incrementAndGet() + ".txt");
    return ChildProcess.start(
        new ChildCommand("stock", command(script, arguments), output).in(folder).with(environment));
  }

  private static List<String> command(String script, Object... arguments) {
    List<String> command = new ArrayList<>(List.of("node", script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private static Outcome run(
      Path folder, long seconds, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException, TimeoutException {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new TimeoutException(command + " takes more than " + seconds + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  private record Outcome(int status, String output, String errors) {
    Outcome require() {
      if (status != 0) {
        throw new AssertionError("status " + status + ": " + errors);
      }
      return this;
    }
  }
}
