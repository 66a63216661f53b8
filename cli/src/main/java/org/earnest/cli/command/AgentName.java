package org.earnest.cli.command;

import java.util.regex.Pattern;
import org.earnest.core.identity.AgentId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The agent that a command is about. */
final class AgentName {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,78}");

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      paramLabel = "ID",
      description = "The agent's number in its registry, or eip155:CHAIN:REGISTRY:NUMBER.")
  private String id;

  /** Its path; what is no id is wrong usage. */
  String path(CommandSpec command) {
    return path(command, id);
  }

  private static String path(CommandSpec command, String id) {
    return "/agents/" + id(command, id);
  }

  /** An id as a path has it; what is none is wrong usage. */
  static String id(CommandSpec command, String id) {
    if (!NUMBER.matcher(id).matches()) {
      try {
        return AgentId.parse(id).toString();
      } catch (IllegalArgumentException malformed) {
        throw new ParameterException(
            command.commandLine(), "an agent is its number, or eip155:CHAIN:REGISTRY:NUMBER");
      }
    }
    return id;
  }
}
