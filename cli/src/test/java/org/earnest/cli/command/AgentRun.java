package org.earnest.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of {@code agent … --json}, which may go on for a while. */
final class AgentRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FutureTask<Integer> exit;

  private AgentRun(String url, String... words) {
    List<String> line = new ArrayList<>(List.of("agent"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", url, "--json"));
    this.exit =
        new FutureTask<>(
            () -> EarnestCommand.run(line.toArray(String[]::new), stream(out), stream(err)));
  }

  /** Runs it to its end. */
  static AgentRun at(String url, String... words) {
    AgentRun run = new AgentRun(url, words);
    run.exit.run();
    return run;
  }

  /** Lets it run beside. */
  static AgentRun beside(String url, String... words) {
    AgentRun run = new AgentRun(url, words);
    Thread.ofPlatform().daemon().start(run.exit);
    return run;
  }

  /** Waits until it has said something for people. */
  void awaitProse(String text) {
    Awaitility.await(text).atMost(PATIENCE).until(() -> prose().contains(text));
  }

  /** Its exit code, once it has ended. */
  int exit() throws Exception {
    return exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
  }

  String prose() {
    return err.toString(StandardCharsets.UTF_8);
  }

  String code() {
    return json().path("code").asString("");
  }

  /** Of a watch, what each change was. */
  List<String> changes() {
    return json().path("changes").valueStream().map(it -> it.path("what").asString()).toList();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
