package org.earnest.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of a command with {@code --json}, to its end. */
record CommandRun(int exit, JsonNode json, String all) {
  static CommandRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        EarnestCommand.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String text = out.toString(StandardCharsets.UTF_8);
    return new CommandRun(
        exit, JsonMapper.shared().readTree(text), text + err.toString(StandardCharsets.UTF_8));
  }

  String code() {
    return json.path("code").asString("");
  }
}
