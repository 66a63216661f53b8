package org.earnest.cli.console;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command speaks. For a person, prose goes to standard output; for a program, standard
 * output carries exactly one JSON object, and prose moves to standard error.
 */
public final class Console {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** To the line's beginning, and what stands there away (ECMA-48: EL). */
  private static final String LINE_AGAIN = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;

  public Console(PrintStream out, PrintStream err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** A line for a person. */
  public void say(String line) {
    PrintStream stream = json ? err : out;
    stream.println(line);
    stream.flush();
  }

  /** Whether a person looks on who can be shown a line that changes. */
  public boolean isTerminal() {
    return !json && Help.Ansi.AUTO.enabled();
  }

  /** A line that takes the place of the one that was drawn before; on a terminal. */
  public void redraw(String line) {
    out.print(LINE_AGAIN + line);
    out.flush();
  }

  /** A line about trouble or progress, always on standard error. */
  public void warn(String line) {
    err.println("earnest: " + line);
    err.flush();
  }

  /** What is missing and what to do about it, for a person. */
  public void complain(StartupException refusal) {
    warn(
        "%s. %s. [%s]"
            .formatted(
                withoutStop(refusal.getMessage()), withoutStop(refusal.remedy()), refusal.code()));
  }

  /** The same in either form. */
  public void refuse(StartupException refusal) {
    String problem = withoutStop(refusal.getMessage());
    String remedy = withoutStop(refusal.remedy());
    complain(refusal);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", false);
    figures.put("code", refusal.code());
    figures.put("error", problem);
    figures.put("fix", remedy);
    result(figures);
  }

  private static String withoutStop(@Nullable String sentence) {
    String text = String.valueOf(sentence);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The one object of {@code --json}; for a person it is left out, as prose has said it all. */
  public void result(Map<String, ?> figures) {
    if (json) {
      out.println(JSON.writeValueAsString(figures));
      out.flush();
    }
  }
}
