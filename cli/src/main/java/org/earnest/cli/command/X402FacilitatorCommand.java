package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.FacilitatorHost;
import org.earnest.cli.host.FacilitatorPlan;
import org.earnest.cli.host.FacilitatorWelcome;
import org.earnest.cli.host.HostKey;
import org.earnest.cli.x402.Wallet;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Finality;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "facilitator",
    description = {
      "Verify and settle payments for sellers on any EVM chain, by itself.",
      "",
      "Needs a JSON-RPC node and at least one key whose account pays the gas; keeps what it",
      "settles in a PostgreSQL, its own unless another is named. Answers over HTTP on",
      "127.0.0.1 and runs until Ctrl-C. No payment is settled twice, not after a crash either."
    },
    mixinStandardHelpOptions = true)
final class X402FacilitatorCommand extends HostVerb {
  @Option(
      names = "--rpc-url",
      required = true,
      paramLabel = "URL",
      description = {
        "A JSON-RPC node of the chain: https://HOST/PATH. May be repeated for further",
        "nodes of the same chain, which then have to agree."
      })
  private List<String> rpcUrls = new ArrayList<>();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = {
        "Pays the gas: a keystore's file, or a web3signer's URL with the account behind a",
        "#. May be repeated: several accounts settle side by side. Scheme upto is settled",
        "by the first."
      })
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "What each of these keys may sign; docs/submissions.md has its form.")
  private @Nullable Path policy;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Option(
      names = "--asset",
      paramLabel = "CAIP-19",
      description = {
        "A token that is moved, whose code you trust: eip155:84532/erc20:0x... May be",
        "repeated. Default: USDC on Base and on Base Sepolia."
      })
  private List<String> assets = new ArrayList<>();

  @Option(
      names = "--payee",
      paramLabel = "ADDRESS",
      description = "Settle payments to this account only. May be repeated.")
  private List<String> payees = new ArrayList<>();

  @Option(
      names = "--wallet-factory",
      paramLabel = "ADDRESS",
      description = {
        "Deploy payers' wallets by this factory, whose code you trust (ERC-6492). May be",
        "repeated; needs --call-batch."
      })
  private List<String> factories = new ArrayList<>();

  @Option(
      names = "--call-batch",
      paramLabel = "ADDRESS",
      description = "A CallBatch on the chain, in which such payments are rehearsed.")
  private @Nullable String batch;

  @Option(
      names = "--operator",
      paramLabel = "ADDRESS",
      description = {
        "Fetch payments into escrow for this operator contract too, whose code you trust: what",
        "./earnest x402 escrow deploy makes. May be repeated."
      })
  private List<String> operators = new ArrayList<>();

  @Option(
      names = "--finality",
      paramLabel = "WHEN",
      defaultValue = "12",
      description =
          "When a block counts as final: so many blocks on top of it, or the node's own safe or"
              + " finalized. Default: ${DEFAULT-VALUE}.")
  private String finality = "12";

  X402FacilitatorCommand() {
    super(HostOptions.ofFacilitator());
  }

  @Override
  Greeting start(Console console) {
    FacilitatorWelcome welcome =
        new FacilitatorWelcome(FacilitatorHost.start(lifecycle, plan(console)));
    return new Greeting(welcome.lines(), welcome.figures());
  }

  @Override
  boolean afterwards() {
    try {
      lifecycle.awaitClosed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private FacilitatorPlan plan(Console console) {
    if (factories.isEmpty() != (batch == null)) {
      throw new StartupException(
          "call_batch_needed",
          "--wallet-factory and --call-batch are of use together only",
          "Name both, or neither");
    }
    List<HostKey> own = KeyOptions.bound(keys, policy, passphrase);
    return new FacilitatorPlan(
        open(log -> Logging.start(Level.INFO, log)),
        EarnestHome.postgresBinaries(),
        options.databaseUrl(),
        RpcUrls.parse(rpcUrls),
        own,
        assets.isEmpty() ? Wallet.USDC : assets,
        accounts("--payee", payees),
        accounts("--wallet-factory", factories),
        Optional.ofNullable(batch).map(text -> account("--call-batch", text)),
        accounts("--operator", operators),
        when(),
        options.port(),
        origins.origins(),
        console::warn);
  }

  private Finality when() {
    try {
      return Finality.parse(finality);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "finality_invalid",
          "--finality: " + malformed.getMessage(),
          "Write a number of blocks such as 12, or safe, or finalized");
    }
  }

  private static Set<EvmAddress> accounts(String option, List<String> texts) {
    return texts.stream()
        .map(text -> account(option, text))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static EvmAddress account(String option, String text) {
    try {
      return new EvmAddress(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "address_invalid", option + " is no account", "Write it as 0x and 40 digits");
    }
  }
}
