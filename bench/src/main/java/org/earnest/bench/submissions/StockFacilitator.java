package org.earnest.bench.submissions;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.earnest.bench.peer.NpmFolder;
import org.earnest.devnet.DevAccount;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;

/** The TypeScript reference, from npm, as a process of its own. */
final class StockFacilitator {
  private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");
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
    return new StockFacilitator(
        NpmFolder.install(
            "the x402 reference",
            folder,
            StockFacilitator.class,
            "facilitator.mjs",
            "channel.mjs"));
  }

  /** Where it is installed. */
  Path folder() {
    return folder;
  }

  /** Starts one; the lifecycle ends it. */
  URI start(Lifecycle lifecycle, Ground ground, DevAccount account, boolean nonceManager) {
    return start(lifecycle, ground, ground.chain().rpcUrl(), account, nonceManager);
  }

  /** The same by another URL of the node. */
  URI start(
      Lifecycle lifecycle, Ground ground, URI rpcUrl, DevAccount account, boolean nonceManager) {
    List<String> command = new ArrayList<>(List.of("node", "facilitator.mjs"));
    command.add(rpcUrl.toString());
    command.add(Long.toString(ground.chain().chainId().eip155Reference()));
    if (nonceManager) {
      command.add("nonce-manager");
    }
    ChildCommand node =
        new ChildCommand(
                "node",
                command,
                folder.resolve("facilitator-%s-%d.log".formatted(nonceManager, rpcUrl.getPort())))
            .in(folder)
            .with(Map.of("FACILITATOR_KEY", account.privateKey()));
    ChildProcess child = lifecycle.start(() -> ChildProcess.start(node));
    return URI.create("http://127.0.0.1:" + child.awaitOutput(LISTENING, START_PATIENCE).group(1));
  }
}
