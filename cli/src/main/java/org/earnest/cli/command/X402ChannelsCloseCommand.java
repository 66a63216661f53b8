package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.cli.x402.Addresses;
import org.earnest.cli.x402.ChannelBook;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "close",
    description = {
      "Get back what is left in a channel.",
      "",
      "With --url the seller is asked for it, and gives it back at once; that costs the payer",
      "no gas. With --rpc-url and the channel it is taken back without the seller: asked for",
      "by a transaction, and fetched by another once the channel's delay is over."
    },
    mixinStandardHelpOptions = true)
final class X402ChannelsCloseCommand extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "CHANNEL",
      description = "Its id, or how that begins. With --rpc-url.")
  private @Nullable String channel;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The payer's key: a keystore's file, or a file with the bare private key.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Something that the seller sells out of the channel.")
  private @Nullable String url;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = "A node of the channel's chain. May be repeated; they have to agree.")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "What was paid. Default: .earnest/x402/payments.journal in Earnest's folder.")
  private @Nullable Path journal;

  @Mixin JournalOptions transactions = JournalOptions.ofWithdrawals();

  @Override
  Map<String, ?> perform(Console console) {
    ChannelBook book = new ChannelBook(EarnestHome.payments(journal), console);
    if (url != null && nodes.isEmpty() && channel == null) {
      return book.refund(Addresses.parse(url), signer());
    }
    if (url != null || nodes.isEmpty() || channel == null) {
      throw new StartupException(
          "way_needed",
          "the rest comes from the seller or from the chain",
          "Name --url, or the channel with --rpc-url");
    }
    FailoverJsonRpc rpc = RpcUrls.connect(RpcUrls.parse(nodes));
    ChainReader chain = JsonRpcChainReader.connect(rpc);
    return book.withdraw(
        channel, chain, signer(), new JournaledTransaction(rpc, chain, transactions.journal()));
  }

  private EvmSigner signer() {
    return KeyShowCommand.signer(key, passphrase);
  }
}
