package org.earnest.bench.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.bench.npm.NpmFolder;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Peers from npm, in a process of Node for each round: {@code measure.mjs} beside their
 * package.json prints microseconds by question and peer.
 */
public final class NodePeers {
  private static final Map<String, String> FILES =
      Stream.of("package.json", "package-lock.json", "measure.mjs")
          .collect(Collectors.toUnmodifiableMap(UnaryOperator.identity(), name -> name));
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Path folder;
  private final Path asked;

  private NodePeers(Path folder, Path asked) {
    this.folder = folder;
    this.asked = asked;
  }

  /**
   * Installs them where they are not yet.
   *
   * @param what they are, for messages
   * @param beside the class next to which their files lie
   * @param state where the questions are written
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  public static NodePeers install(
      String what, Path folder, Class<?> beside, Path state, Map<String, ?> questions) {
    NpmFolder.install(what, folder, beside, FILES);
    Path asked = state.resolve("questions.json");
    JsonMapper.shared().writeValue(asked.toFile(), questions);
    return new NodePeers(folder, asked);
  }

  /** Microseconds of the processor for one operation, by question and peer. */
  JsonNode round(CpuPlan plan) {
    Path log = asked.resolveSibling("measure.log");
    List<String> command =
        List.of(
            "node",
            "measure.mjs",
            asked.toString(),
            Long.toString(plan.warmUp().toMillis()),
            Long.toString(plan.round().toMillis()));
    try (ChildProcess node =
        ChildProcess.start(new ChildCommand("node", command, log).in(folder))) {
      int status = node.awaitExit(PATIENCE);
      if (status != 0) {
        throw new IllegalStateException("node ended with " + status + ": " + node.lastLine());
      }
      return JsonMapper.shared().readTree(lastLine(log));
    }
  }

  private static String lastLine(Path log) {
    try {
      return Files.readAllLines(log).getLast();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
