package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.x402.ChannelBook;
import org.earnest.core.chain.ChainReader;
import org.earnest.devnet.RpcUrls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {
      "Show the channels of a journal, and with --rpc-url how each stands on the chain.",
    },
    mixinStandardHelpOptions = true)
final class X402ChannelsListCommand extends Verb {
  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "What was paid. Default: .earnest/x402/payments.journal in Earnest's folder.")
  private @Nullable Path journal;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = "A node of the channels' chain. May be repeated; they have to agree.")
  private List<String> urls = new ArrayList<>();

  @Override
  Map<String, ?> perform(Console console) {
    Optional<ChainReader> chain =
        urls.isEmpty()
            ? Optional.empty()
            : Optional.of(JsonRpcChainReader.connect(RpcUrls.connect(RpcUrls.parse(urls))));
    return new ChannelBook(EarnestHome.payments(journal), console).list(chain);
  }
}
