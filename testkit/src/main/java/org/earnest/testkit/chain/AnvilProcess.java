package org.earnest.testkit.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.earnest.testkit.process.ProcessOutput;

/**
 * An anvil for one test class, on a free port of 127.0.0.1. It dies with the JVM, however that
 * ends: a shell beside it reads this process's pipe and stops it when the pipe closes.
 */
public final class AnvilProcess implements AutoCloseable {
  /** Anvil's chain id. */
  public static final long CHAIN_ID = 31337;

  /** The published test key of anvil's first account, which holds 10,000 ether. */
  public static final String FIRST_PRIVATE_KEY =
      "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

  /** For an anvil that is to begin or to end; one that does neither is killed. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String LISTENING = "Listening on ";
  private static final String GUARD =
      "exec 3<&0; \"$@\" </dev/null 3<&- & c=$!; (read -r _ <&3; kill -TERM $c) & w=$!;"
          + " wait $c; s=$?; kill $w 2>/dev/null; exit $s";

  private final Process process;
  private final URI url;
  private final Path states;

  private AnvilProcess(Process process, URI url, Path states) {
    this.process = process;
    this.url = url;
    this.states = states;
  }

  /** Starts one with further command-line options. */
  public static AnvilProcess start(String... options) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "sh"));
    command.add(binary().toString());
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0"));
    command.addAll(List.of(options));
    try {
      Path states = Files.createTempDirectory("anvil-states");
      command.addAll(List.of("--cache-path", states.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new AnvilProcess(process, listening(process), states);
    } catch (IOException e) {
      throw new UncheckedIOException("anvil did not start", e);
    }
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        ProcessOutput.kill(process);
      }
      delete(states);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      ProcessOutput.kill(process);
      Thread.currentThread().interrupt();
    }
  }

  /** Half a megabyte for each old block, which anvil would leave in the home of whoever tests. */
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static URI listening(Process process) throws IOException {
    return ProcessOutput.read(process, PATIENCE, AnvilProcess::listening);
  }

  private static URI listening(BufferedReader output) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        // To wait for a pipe holds the thread below a virtual one, and there are as few as
        // processors.
        Thread.ofPlatform().daemon().start(() -> drain(output));
        return URI.create("http://" + line.substring(LISTENING.length()).strip());
      }
      seen.append(line).append('\n');
    }
    throw new IOException("anvil ended before it listened: " + seen);
  }

  /** An unread pipe would stop anvil when it is full. */
  private static void drain(BufferedReader output) {
    try (output) {
      output.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The process is gone, and with it whatever there was to read.
      return;
    }
  }

  private static Path binary() {
    Path packages = root().resolve("contracts/node_modules/@foundry-rs");
    if (!Files.isDirectory(packages)) {
      throw new IllegalStateException(
          "no anvil: run 'npm ci --ignore-scripts' in contracts/, or ./earnest test");
    }
    try (Stream<Path> files = Files.walk(packages, 3)) {
      return files
          .filter(file -> file.endsWith("bin/anvil"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no anvil for this platform"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("contracts"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no contracts/ above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}
