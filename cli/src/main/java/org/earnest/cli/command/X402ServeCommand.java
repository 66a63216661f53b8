package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.cli.console.Console;
import org.earnest.cli.doctor.PortCheck;
import org.earnest.cli.state.NativeLibraries;
import org.earnest.cli.x402.Addresses;
import org.earnest.cli.x402.KnownTokens;
import org.earnest.cli.x402.Shop;
import org.earnest.cli.x402.ShopPlan;
import org.earnest.cli.x402.ShopWays;
import org.earnest.cli.x402.ShopWelcome;
import org.earnest.cli.x402.SoldToken;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.server.Settling;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = {
      "Put a price on a server that knows of none, and forward to it what was paid for.",
      "",
      "Every GET, POST, PUT, PATCH and DELETE costs the same; other methods are refused.",
      "Keeps what was paid for in a PostgreSQL, its own unless another is named, and runs",
      "until Ctrl-C. A facilitator moves the money: it needs a key only to be paid out of",
      "channels, and a key and a node to be paid into escrow."
    },
    mixinStandardHelpOptions = true)
final class X402ServeCommand extends Verb {
  @Mixin final HostOptions options = HostOptions.ofShop();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--price",
      required = true,
      paramLabel = "AMOUNT",
      description = "What a call costs, in whole tokens: 0.001.")
  private String price;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--forward",
      required = true,
      paramLabel = "URL",
      description = "The server that makes the answers: http://127.0.0.1:3000.")
  private String forward;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--pay-to",
      required = true,
      paramLabel = "ADDRESS",
      description = "The account that gets the money.")
  private String payTo;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--facilitator",
      required = true,
      paramLabel = "URL",
      description = "Who verifies payments and moves the money.")
  private String facilitator;

  @Option(
      names = "--network",
      paramLabel = "CHAIN",
      defaultValue = "base-sepolia",
      description = "eip155:8453, or base. Default: ${DEFAULT-VALUE}.")
  private String network = "base-sepolia";

  @Option(
      names = "--asset",
      paramLabel = "ADDRESS",
      description = "The token. Default: the chain's USDC.")
  private @Nullable String asset;

  @Option(
      names = "--asset-name",
      paramLabel = "NAME",
      defaultValue = "USD Coin",
      description = "The token's name in EIP-712. Default: ${DEFAULT-VALUE}.")
  private String assetName = "USD Coin";

  @Option(
      names = "--asset-version",
      paramLabel = "VERSION",
      defaultValue = "2",
      description = "The token's version in EIP-712. Default: ${DEFAULT-VALUE}.")
  private String assetVersion = "2";

  @Option(
      names = "--decimals",
      paramLabel = "N",
      defaultValue = "6",
      description = "The token's decimals, with --asset. Default: ${DEFAULT-VALUE}.")
  private int decimals;

  @Option(
      names = "--free",
      paramLabel = "PATH",
      description = "GET of this path costs nothing: /health, or /docs/**. May be repeated.")
  private List<String> free = new ArrayList<>();

  @Option(
      names = "--upfront",
      description = "Take the money before the answer is made: for answers that are dear to make.")
  private boolean upfront;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Where buyers find it, behind a proxy of yours; offers and receipts name it."
              + " Default: http://127.0.0.1 with its port, whatever Host a caller names.")
  private @Nullable String publicUrl;

  @Mixin ShopWayOptions ways = new ShopWayOptions();

  private final Lifecycle lifecycle = new Lifecycle();

  @Override
  Map<String, ?> perform(Console console) {
    try {
      Shop shop = lifecycle.inSteps(() -> Shop.open(lifecycle, plan()));
      ShopWelcome welcome = new ShopWelcome(shop);
      welcome.lines().forEach(console::say);
      return welcome.figures();
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
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

  private ShopPlan plan() {
    URI source = Addresses.parse(forward);
    URI settler = Addresses.parse(facilitator);
    SoldToken token = token(KnownTokens.chain(network));
    EvmAddress payee = account("--pay-to", payTo);
    Optional<URI> address = Optional.ofNullable(publicUrl).map(Addresses::parse);
    ShopWays open = ways.ways(upfront);
    PortCheck.require(options.port());
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(options.state()));
    NativeLibraries.unpackInto(state);
    Path log = state.resolve("earnest.log");
    Logging.start(Level.INFO, log);
    return new ShopPlan(
        source,
        settler,
        price,
        token,
        payee,
        upfront ? Settling.UPFRONT : Settling.DEFAULT,
        open,
        free,
        address,
        options.port(),
        state,
        options.databaseUrl(),
        EarnestHome.postgresBinaries());
  }

  private SoldToken token(Caip2ChainId chain) {
    if (asset == null) {
      return KnownTokens.of(chain);
    }
    Caip19AssetId named = new Caip19AssetId(chain, account("--asset", asset));
    return new SoldToken(named, assetName, assetName, assetVersion, decimals);
  }

  private static EvmAddress account(String option, String text) {
    try {
      return ChecksumAddress.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "payee_invalid",
          option + " is no account, or a letter of it is wrong",
          "Write it as 0x and 40 digits");
    }
  }
}
