package org.earnest.bench.submissions;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.earnest.devnet.DevAccount;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;

/** The TypeScript reference, from npm, as a process of its own. */
final class StockFacilitator {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "facilitator.mjs");
  private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");
  private static final Duration INSTALL_PATIENCE = Duration.ofMinutes(3);
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final Path folder;

  private StockFacilitator(Path folder) {
    this.folder = folder;
  }

  /**
   * Installs it where it is not yet.
   *
   * @throws StartupException {@code peer_missing}
   */
  static StockFacilitator install(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String file : FILES) {
        try (InputStream source = StockFacilitator.class.getResourceAsStream(file)) {
          Files.copy(
              Objects.requireNonNull(source),
              folder.resolve(file),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Path stamp = folder.resolve("installed.json");
      Path lock = folder.resolve("package-lock.json");
      if (Files.notExists(stamp) || Files.mismatch(lock, stamp) >= 0) {
        npm(folder);
        Files.copy(lock, stamp, StandardCopyOption.REPLACE_EXISTING);
      }
      return new StockFacilitator(folder);
    } catch (IOException refused) {
      throw missing(refused.toString());
    }
  }

  private static void npm(Path folder) {
    List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    ChildCommand npm = new ChildCommand("npm", command, folder.resolve("npm.log")).in(folder);
    try (ChildProcess child = ChildProcess.start(npm)) {
      int status = child.awaitExit(INSTALL_PATIENCE);
      if (status != 0) {
        throw missing("npm ended with status " + status + ": " + child.lastLine());
      }
    }
  }

  private static StartupException missing(String reason) {
    return new StartupException(
        "peer_missing",
        "the x402 reference could not be installed: " + reason,
        "Let npm reach its registry, or leave the peers out with --no-peers.");
  }

  /** Starts one; the lifecycle ends it. */
  URI start(Lifecycle lifecycle, Ground ground, DevAccount account, boolean nonceManager) {
    List<String> command = new ArrayList<>(List.of("node", "facilitator.mjs"));
    command.add(ground.chain().rpcUrl().toString());
    command.add(Long.toString(ground.chain().chainId().eip155Reference()));
    if (nonceManager) {
      command.add("nonce-manager");
    }
    ChildCommand node =
        new ChildCommand("node", command, folder.resolve("facilitator-" + nonceManager + ".log"))
            .in(folder)
            .with(Map.of("FACILITATOR_KEY", account.privateKey()));
    ChildProcess child = lifecycle.start(() -> ChildProcess.start(node));
    return URI.create("http://127.0.0.1:" + child.awaitOutput(LISTENING, START_PATIENCE).group(1));
  }
}
