package org.earnest.cli.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.earnest.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The root of the command line. */
@Command(
    name = "earnest",
    description = {
      "Trust and settlement for AI agents: signed terms in, money and reputation out.%n"
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AgentCommand.class,
      BenchCommand.class,
      CredentialCommand.class,
      DealCommand.class,
      DidCommand.class,
      DemoCommand.class,
      DevCommand.class,
      DoctorCommand.class,
      IndexerCommand.class,
      X402Command.class,
      TortureCommand.class,
      CrowdCommand.class,
      KeyCommand.class,
      TxCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Begin with ./earnest demo. ./earnest COMMAND --help lists a command's options.",
      "./earnest test builds everything and runs every test.",
      "Exit codes: 0 ok, 1 not ok, 2 wrong usage."
    })
public final class EarnestCommand {
  private final PrintStream out;
  private final PrintStream err;

  private EarnestCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs one command; returns the exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(new EarnestCommand(out, err));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((error, given) -> wrongUsage(error, given, out, err));
    line.getSubcommands()
        .values()
        .forEach(verb -> verb.getCommandSpec().usageMessage().optionListHeading("%n"));
    if (args.length == 0) {
      line.usage(err);
      return ExitCode.USAGE;
    }
    return line.execute(args);
  }

  private static int wrongUsage(
      ParameterException error, String[] given, PrintStream out, PrintStream err) {
    Console console = new Console(out, err, Arrays.asList(given).contains("--json"));
    String name = error.getCommandLine().getCommandSpec().qualifiedName();
    console.warn(error.getMessage() + ". Try: ./" + name + " --help");
    console.result(Map.of("ok", false, "code", "usage", "error", error.getMessage()));
    return ExitCode.USAGE;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }
}
