package org.earnest.cli.command;

import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.x402.Addresses;
import org.earnest.cli.x402.Checkup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = {
      "Say what is wrong with an address that sells, and how to mend it. Spends nothing.",
      "",
      "Asks without a payment, with something that is none, and with one that nobody",
      "signed; it has no key."
    },
    mixinStandardHelpOptions = true)
final class X402CheckCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "URL", description = "What is sold.")
  private String url;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "GET",
      description = "HTTP's method. Default: ${DEFAULT-VALUE}.")
  private String method;

  @Override
  Map<String, ?> perform(Console console) {
    return new Checkup(console).of(Addresses.parse(url), method);
  }
}
