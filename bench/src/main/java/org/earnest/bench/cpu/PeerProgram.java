package org.earnest.bench.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures peers, in a process of its own for each round. It is given a file with the questions,
 * and how many milliseconds to warm up and to measure each; the last line that it prints is {@link
 * PeerAnswers}' JSON.
 */
public final class PeerProgram {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final String name;
  private final List<String> command;
  private final Path folder;
  private final Path log;

  private PeerProgram(List<String> program, Path folder, Path state, Map<String, ?> questions) {
    this.name = program.getLast();
    Path asked = state.resolve(name + ".questions.json");
    JsonMapper.shared().writeValue(asked.toFile(), questions);
    this.command = new ArrayList<>(program);
    this.command.add(asked.toString());
    this.folder = folder;
    this.log = state.resolve(name + ".log");
  }

  /**
   * {@code measure.mjs}, by Node.
   *
   * @param folder where it and the peers are
   * @param state where the questions are written
   */
  public static PeerProgram node(Path folder, Path state, Map<String, ?> questions) {
    return new PeerProgram(List.of("node", "measure.mjs"), folder, state, questions);
  }

  /**
   * {@code Measure.java}, by the JDK that this program runs on and with the same collector.
   *
   * @param folder where it is
   * @param classPath where the peers are, from within the folder
   * @param state where the questions are written
   */
  public static PeerProgram java(
      Path folder, String classPath, Path state, Map<String, ?> questions) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new PeerProgram(
        List.of(java, "-XX:+UseParallelGC", "-cp", classPath, "Measure.java"),
        folder,
        state,
        questions);
  }

  /** What one operation takes, by question and peer. */
  JsonNode round(CpuPlan plan) {
    List<String> round = new ArrayList<>(command);
    round.add(Long.toString(plan.warmUp().toMillis()));
    round.add(Long.toString(plan.round().toMillis()));
    try (ChildProcess peers = ChildProcess.start(new ChildCommand(name, round, log).in(folder))) {
      int status = peers.awaitExit(PATIENCE);
      if (status != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s".formatted(name, status, peers.lastLine()));
      }
      return JsonMapper.shared().readTree(lastLine());
    }
  }

  private String lastLine() {
    try {
      return Files.readAllLines(log).getLast();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
