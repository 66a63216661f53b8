package org.earnest.kit.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a child process is to run.
 *
 * @param name the word that errors use for it, such as {@code anvil}
 * @param command the program and its arguments
 * @param output the file that takes both of its output streams; the previous run's is kept beside
 *     it with the suffix {@code .1}
 * @param directory its working directory; ours where empty
 * @param environment added to ours
 * @param stop the signal that asks it to end
 */
public record ChildCommand(
    String name,
    List<String> command,
    Path output,
    Optional<Path> directory,
    Map<String, String> environment,
    Signal stop) {

  /** How a program wants to be asked to end. */
  public enum Signal {
    TERM,
    /** PostgreSQL's fast shutdown. */
    INT
  }

  public ChildCommand {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command names a program");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public ChildCommand(String name, List<String> command, Path output) {
    this(name, command, output, Optional.empty(), Map.of(), Signal.TERM);
  }

  public ChildCommand in(Path workingDirectory) {
    return new ChildCommand(
        name, command, output, Optional.of(workingDirectory), environment, stop);
  }

  public ChildCommand with(Map<String, String> addedEnvironment) {
    return new ChildCommand(name, command, output, directory, addedEnvironment, stop);
  }

  public ChildCommand stoppedBy(Signal signal) {
    return new ChildCommand(name, command, output, directory, environment, signal);
  }
}
