package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.x402.EscrowBook;
import org.earnest.devnet.RpcUrls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {"Say how a paid call's money stands, and what can be done with it."},
    mixinStandardHelpOptions = true)
final class X402EscrowShowCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      paramLabel = "TRANSACTION",
      description = "By which the call was paid, as ./earnest x402 pay prints it.")
  private String transaction;

  @Option(
      names = "--payment",
      paramLabel = "ID",
      defaultValue = "",
      description = "Its id, or how that begins, where the transaction paid for several calls.")
  private String payment = "";

  @Option(
      names = "--rpc-url",
      required = true,
      paramLabel = "URL",
      description = "A node of its chain. May be repeated; they have to agree.")
  private List<String> nodes = new ArrayList<>();

  @Override
  Map<String, ?> perform(Console console) {
    EscrowBook.Paid paid = EscrowVerb.paid(transaction, payment);
    return new EscrowBook(
            JsonRpcChainReader.connect(RpcUrls.connect(RpcUrls.parse(nodes))), console)
        .show(paid);
  }
}
