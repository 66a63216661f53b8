package org.earnest.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.earnest.cli.Main;
import org.earnest.testkit.process.ProcessOutput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code x402 serve} in a process of its own, which sells for the test's seller on its chain.
 *
 * @param said what it printed with {@code --json} once it sold
 */
record ShopProcess(Process process, JsonNode said) implements AutoCloseable {
  /** For it to sell, on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Returns once it sells. */
  static ShopProcess start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "x402",
                "serve",
                "--json",
                "--price",
                "0.001",
                "--pay-to",
                X402OnChain.SELLER.address().hex(),
                "--network",
                X402OnChain.token.asset().chain().toString(),
                "--asset",
                X402OnChain.token.asset().token().hex(),
                "--database-url",
                X402OnChain.database));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectError(ProcessOutput.errors()).start();
    try {
      String said = ProcessOutput.read(process, PATIENCE, ShopProcess::object);
      return new ShopProcess(process, JsonMapper.shared().readTree(said));
    } catch (IOException | RuntimeException | AssertionError failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  /** It prints nothing else, and goes on. */
  private static String object(BufferedReader output) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      text.append(line);
      if (line.equals("}")) {
        return text.toString();
      }
    }
    throw new AssertionError("it ended before it sold: " + text);
  }

  String uri() {
    return said.path("uri").asString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
