package org.earnest.bench.did;

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

/** npm's resolvers, in a process of Node for each round. */
final class NpmResolvers {
  private static final Map<String, String> FILES =
      Stream.of("package.json", "package-lock.json", "measure.mjs")
          .collect(Collectors.toUnmodifiableMap(UnaryOperator.identity(), name -> name));
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Path folder;
  private final Path asked;

  private NpmResolvers(Path folder, Path asked) {
    this.folder = folder;
    this.asked = asked;
  }

  /**
   * Installs them where they are not yet.
   *
   * @param state where the questions are written
   * @throws org.earnest.kit.process.StartupException {@code peer_missing}
   */
  static NpmResolvers install(Path folder, Path state, DidSample sample) {
    NpmFolder.install("npm's DID resolvers", folder, NpmResolvers.class, FILES);
    Path asked = state.resolve("questions.json");
    List<Map<String, Object>> questions =
        sample.questions().stream()
            .map(
                each ->
                    Map.<String, Object>of(
                        "question", each.name(),
                        "remembered", each.remembered(),
                        "dids", each.dids().stream().map(did -> did.value()).toList()))
            .toList();
    JsonMapper.shared()
        .writeValue(
            asked.toFile(), Map.of("questions", questions, "documents", sample.documents()));
    return new NpmResolvers(folder, asked);
  }

  /** Microseconds of the processor for one resolution, by question and peer. */
  JsonNode round(DidPlan plan, Path state) {
    Path log = state.resolve("measure.log");
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
