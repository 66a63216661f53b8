package org.earnest.bench.indexer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.bench.peer.NpmFolder;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.StartupException;

/**
 * Envio's HyperIndex on JSON-RPC, with the same rows as ours and without Hasura, which answers
 * GraphQL and stores nothing. It generates and compiles a project of its own, by pnpm; the node's
 * URL is compiled in and is put in its place before each start.
 */
final class EnvioPeer implements Contender {
  private static final String VERSION = "2.32.12";
  private static final String SCHEMA = "bench";
  private static final Duration COMPILE_PATIENCE = Duration.ofMinutes(10);

  /** What the project is compiled with; nobody listens there. */
  private static final String NOBODY = "http://127.0.0.1:1";

  private static final String BIN = "node_modules/envio/bin.js";

  private final Path folder;

  private EnvioPeer(Path folder) {
    this.folder = folder;
  }

  /** Installs and compiles it where it is not yet. */
  static EnvioPeer install(Path peers) {
    Path folder =
        NpmFolder.install(
            "envio",
            peers.resolve("envio-" + VERSION),
            EnvioPeer.class,
            Map.of(
                "envio/package.json", "package.json",
                "envio/package-lock.json", "package-lock.json",
                "envio/config.yaml", "config.yaml",
                "envio/schema.graphql", "schema.graphql",
                "envio/src/EventHandlers.js", "src/EventHandlers.js"));
    if (Files.notExists(folder.resolve("generated/src/Index.res.js"))) {
      compile(folder);
    }
    return new EnvioPeer(folder);
  }

  private static void compile(Path folder) {
    // pnpm refuses scripts of packages, and one would only make links that are there already.
    ChildCommand codegen =
        new ChildCommand("envio", List.of("node", BIN, "codegen"), folder.resolve("codegen.log"))
            .in(folder)
            .with(
                Map.of(
                    "pnpm_config_strict_dep_builds",
                    "false",
                    "ENVIO_RPC_URL",
                    NOBODY,
                    "ENVIO_REGISTRY",
                    IndexerBench.REGISTRY.hex()));
    try (ChildProcess child = ChildProcess.start(codegen)) {
      if (child.awaitExit(COMPILE_PATIENCE) != 0) {
        throw new StartupException(
            "peer_missing",
            "Envio's project could not be generated: " + child.lastLine(),
            "It needs pnpm on the path. Leave the peers out with --no-peers.");
      }
    }
  }

  @Override
  public String name() {
    return "envio " + VERSION;
  }

  @Override
  public ChildCommand command(Errand errand) {
    point(errand.node());
    Map<String, String> environment = new HashMap<>(database(URI.create(errand.databaseUrl())));
    environment.put("ENVIO_HASURA", "false");
    environment.put("ENVIO_INDEXER_PORT", Integer.toString(freePort()));
    environment.put("TUI_OFF", "true");
    environment.put("LOG_STRATEGY", "console-raw");
    environment.put("ENVIO_RPC_URL", errand.node().toString());
    environment.put("ENVIO_REGISTRY", errand.registry().hex());
    return new ChildCommand(name(), List.of("node", BIN, "start"), errand.output())
        .in(folder)
        .with(environment);
  }

  private static Map<String, String> database(URI url) {
    String[] login = url.getRawUserInfo().split(":", 2);
    return Map.of(
        "ENVIO_PG_HOST",
        url.getHost(),
        "ENVIO_PG_PORT",
        Integer.toString(url.getPort()),
        "ENVIO_PG_USER",
        decoded(login[0]),
        "ENVIO_PG_PASSWORD",
        decoded(login[1]),
        "ENVIO_PG_DATABASE",
        url.getPath().substring(1),
        "ENVIO_PG_PUBLIC_SCHEMA",
        SCHEMA);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void point(URI node) {
    Path compiled = folder.resolve("generated/src/Generated.res.js");
    try {
      String code = Files.readString(compiled);
      Files.writeString(
          compiled,
          code.replaceFirst("url: \"http://127\\.0\\.0\\.1:\\d+\"", "url: \"" + node + "\""));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /** On a chain that does not grow it never says that it is at the head. */
  @Override
  public Optional<Pattern> ready() {
    return Optional.empty();
  }

  @Override
  public String table() {
    return SCHEMA + ".\"Feedback\"";
  }

  /** It keeps none. */
  @Override
  public List<String> forget() {
    return List.of();
  }
}
