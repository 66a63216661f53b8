package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.cli.x402.EscrowBook;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A step with one payment in escrow, by one transaction of a party's. */
abstract class EscrowVerb extends Verb {
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

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The party's key: a keystore's file, or a file with the bare private key.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Mixin JournalOptions journal = JournalOptions.ofEscrow();

  /** What the step needs. */
  record Step(
      EscrowBook book, EscrowBook.Paid paid, EvmSigner signer, JournaledTransaction transactions) {}

  abstract Map<String, ?> take(Step step);

  @Override
  final Map<String, ?> perform(Console console) {
    EscrowBook.Paid paid = paid(transaction, payment);
    FailoverJsonRpc rpc = RpcUrls.connect(RpcUrls.parse(nodes));
    ChainReader chain = JsonRpcChainReader.connect(rpc);
    return take(
        new Step(
            new EscrowBook(chain, console),
            paid,
            KeyShowCommand.signer(key, passphrase),
            new JournaledTransaction(rpc, chain, journal.journal())));
  }

  static EscrowBook.Paid paid(String transaction, String payment) {
    try {
      return new EscrowBook.Paid(new Hash32(transaction), payment);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "transaction_invalid",
          "that is no transaction's hash",
          "Write it as 0x and 64 digits, as ./earnest x402 pay prints it");
    }
  }
}
