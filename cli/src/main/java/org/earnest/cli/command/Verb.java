package org.earnest.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: {@code --json}, one result, and errors that say what to do. */
abstract class Verb implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Verb.class);

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Spec
  CommandSpec spec;

  @Option(
      names = "--json",
      description =
          "Print exactly one JSON object on standard output; prose goes to standard error.")
  boolean json;

  /** Does the work; the figures hold {@code ok}. */
  abstract Map<String, ?> perform(Console console);

  /** What remains to be done once the result is printed. */
  void afterwards() {}

  @Override
  public final Integer call() {
    EarnestCommand root = (EarnestCommand) spec.root().userObject();
    Console console = new Console(root.out(), root.err(), json);
    try {
      Map<String, ?> figures = perform(console);
      console.result(figures);
      afterwards();
      return Boolean.TRUE.equals(figures.get("ok")) ? ExitCode.OK : ExitCode.NOT_OK;
    } catch (StartupException refusal) {
      LOG.debug("refused", refusal);
      console.refuse(refusal);
      return ExitCode.NOT_OK;
    } catch (CancellationException stopped) {
      console.warn("stopped");
      console.result(Map.of("ok", false, "code", "stopped", "error", "stopped by a signal"));
      return ExitCode.NOT_OK;
    } catch (RuntimeException bug) {
      LOG.error("unexpected", bug);
      console.warn("something unexpected went wrong: " + bug + ". The log above has the details");
      console.result(Map.of("ok", false, "code", "internal_error", "error", bug.toString()));
      return ExitCode.NOT_OK;
    }
  }
}
