package org.earnest.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Is there a Node with npm that can install the chain and the Solidity compiler? */
public record NodeCheck(String node, String npm) implements Check {
  private static final String NAME = "node";
  private static final int MINIMUM = 20;
  private static final int TIMEOUT_SECONDS = 20;
  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,5})\\.[0-9.]+\\S*");
  private static final String FIX =
      "install Node " + MINIMUM + " or newer with npm, for example from https://nodejs.org";

  /** The commands of that name on the PATH. */
  public static NodeCheck onPath() {
    return new NodeCheck("node", "npm");
  }

  @Override
  public Finding run() {
    Optional<String> nodeVersion = version(node);
    if (nodeVersion.isEmpty()) {
      return Finding.fail(NAME, "no Node answers to '" + node + " --version'", FIX);
    }
    Matcher parts = VERSION.matcher(nodeVersion.get());
    if (!parts.matches() || Integer.parseInt(parts.group(1)) < MINIMUM) {
      return Finding.fail(NAME, "Node " + nodeVersion.get() + " is older than " + MINIMUM, FIX);
    }
    return version(npm)
        .map(npmVersion -> Finding.ok(NAME, "Node " + nodeVersion.get() + ", npm " + npmVersion))
        .orElseGet(() -> Finding.fail(NAME, "Node is here, but npm does not answer", FIX));
  }

  private static Optional<String> version(String command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command, "--version"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        String text =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return Optional.of(text).filter(version -> !version.isEmpty());
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
