package org.earnest.cli.command;

import org.earnest.core.chain.Hash32;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which transaction is meant. */
final class TxId {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      paramLabel = "ID",
      description = "Its id, as tx list shows it: 0x and 64 digits. It is not the hash.")
  private String id;

  /** Where the house has it. */
  String path(CommandSpec spec) {
    try {
      return "/submissions/" + new Hash32(id).hex();
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(
          spec.commandLine(), "ID: 0x and 64 digits are wanted, as tx list shows them", malformed);
    }
  }
}
