package org.earnest.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.earnest.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: {@code --json}, one result, and errors that say what to do. */
abstract class Verb implements Callable<Integer> {
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

  /** What remains to be done once the result is printed; false where it ended badly and said so. */
  boolean afterwards() {
    return true;
  }

  /** Where it speaks. */
  final Console console() {
    EarnestCommand root = (EarnestCommand) spec.root().userObject();
    return new Console(root.out(), root.err(), json);
  }

  @Override
  public final Integer call() {
    Console console = console();
    try {
      Map<String, ?> figures = perform(console);
      console.result(figures);
      boolean well = afterwards();
      return well && Boolean.TRUE.equals(figures.get("ok")) ? ExitCode.OK : ExitCode.NOT_OK;
    } catch (ParameterException wrongUsage) {
      throw wrongUsage;
    } catch (RuntimeException failure) {
      Failures.tell(console, failure);
      return ExitCode.NOT_OK;
    }
  }
}
