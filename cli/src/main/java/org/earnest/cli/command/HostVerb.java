package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.cli.console.Console;
import org.earnest.cli.doctor.PortCheck;
import org.earnest.cli.state.Fresh;
import org.earnest.cli.state.NativeLibraries;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that starts a host, says where it is, and runs until it is stopped. */
abstract class HostVerb extends Verb {
  @Mixin final HostOptions options;

  @Mixin OriginOption origins = new OriginOption();

  @Option(
      names = "--fresh",
      description =
          "Begin anew: remove what the folder keeps. With --database-url, drop the schemas that"
              + " Earnest made there, and nothing else. Cannot be undone.")
  private boolean fresh;

  final Lifecycle lifecycle = new Lifecycle();

  HostVerb(HostOptions options) {
    this.options = options;
  }

  /** What a host that runs has to say, for a person and for a program. */
  record Greeting(List<String> lines, Map<String, ?> figures) {}

  /** Starts it, and lets the lifecycle own each part. */
  abstract Greeting start(Console console);

  /** Names in the state directory of what stays true however anew it begins. */
  Set<String> outlivingFresh() {
    return Set.of();
  }

  @Override
  final Map<String, ?> perform(Console console) {
    try {
      Greeting greeting = lifecycle.inSteps(() -> start(console));
      greeting.lines().forEach(console::say);
      return greeting.figures();
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  /**
   * Takes the folder of the run, anew where that is wanted.
   *
   * @param logging begins to log into this file
   */
  final StateDirectory open(Consumer<Path> logging) {
    PortCheck.require(options.port());
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(options.state()));
    if (fresh) {
      Fresh.begin(state, options.databaseUrl(), outlivingFresh());
    }
    NativeLibraries.unpackInto(state);
    logging.accept(state.resolve("earnest.log"));
    return state;
  }
}
