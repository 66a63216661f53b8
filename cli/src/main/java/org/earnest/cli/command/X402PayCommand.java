package org.earnest.cli.command;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.console.Console;
import org.earnest.cli.x402.Addresses;
import org.earnest.cli.x402.PaidRequest;
import org.earnest.cli.x402.Wallet;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.devnet.RpcUrls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pay",
    description = {
      "Ask for what is at an address, and pay for it if that is asked and allowed.",
      "",
      "Pays that address alone, and no more than --max-price. What it signs is in a",
      "journal first: the same command after a crash shows the same payment again."
    },
    mixinStandardHelpOptions = true)
class X402PayCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "URL", description = "What to buy.")
  private String url;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description =
          "The payer's key: a keystore's file, as ./earnest key makes them, or a file with the bare"
              + " private key, readable by its owner alone.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--max-price",
      required = true,
      paramLabel = "AMOUNT",
      description = "The most that this may cost, in whole tokens: 0.01.")
  private String maxPrice;

  @Option(
      names = "--per-day",
      paramLabel = "AMOUNT",
      description = "The most within 24 hours, by the journal. Default: 100 times --max-price.")
  private @Nullable String perDay;

  @Option(
      names = "--price",
      paramLabel = "AMOUNT",
      description = "What it was advertised for; another price is not paid.")
  private @Nullable String price;

  @Option(
      names = "--asset",
      paramLabel = "CAIP-19",
      description =
          "A token that may be spent: eip155:84532/erc20:0x... May be repeated. Default: USDC on"
              + " Base and on Base Sepolia.")
  private List<String> assets = new ArrayList<>();

  @Option(
      names = "--decimals",
      paramLabel = "N",
      defaultValue = "6",
      description = "Decimals of the tokens. Default: ${DEFAULT-VALUE}, as USDC has.")
  private int decimals;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "Pay this account only. May be repeated.")
  private List<String> payees = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "HTTP's method. Default: GET, or POST with --data.")
  private @Nullable String method;

  @Option(names = "--data", paramLabel = "JSON", description = "The request's body.")
  private @Nullable String data;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "What was paid. Default: .earnest/x402/payments.journal in Earnest's folder.")
  private @Nullable Path journal;

  @Option(
      names = "--channels",
      description = {
        "May pay out of a channel, where the seller offers it, and put money into one: never",
        "more than --per-day lies in all of them. Unused money comes back by",
        "./earnest x402 channels close."
      })
  private boolean channels;

  @Option(
      names = "--operator",
      paramLabel = "ADDRESS",
      description = {
        "May pay into escrow under this operator contract, whose code decides how the call can",
        "be disputed: by ./earnest x402 escrow. May be repeated."
      })
  private List<String> operators = new ArrayList<>();

  @Option(
      names = "--signed-by",
      paramLabel = "DID",
      description = {
        "Pay only what this DID has signed, or one that its document names as its own.",
        "origin stands for the DID of the address itself: did:web:seller.example."
      })
  private @Nullable String seller;

  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = {
        "A node, which is asked whether Permit2 may fetch the money: where it may not, a permit",
        "is signed that the seller's facilitator brings on chain (upto). May be repeated."
      })
  private List<String> nodes = new ArrayList<>();

  @Override
  Map<String, ?> perform(Console console) {
    return new PaidRequest(wallet(), this::signer, chain(), console)
        .send(request(Addresses.parse(url)));
  }

  private Optional<Supplier<ChainReader>> chain() {
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(() -> JsonRpcChainReader.connect(RpcUrls.connect(RpcUrls.parse(nodes))));
  }

  private EvmSigner signer() {
    return KeyShowCommand.signer(key, passphrase);
  }

  boolean throughChannels() {
    return channels;
  }

  private Wallet wallet() {
    return new Wallet(
        maxPrice,
        Optional.ofNullable(perDay),
        Optional.ofNullable(price),
        assets,
        decimals,
        payees,
        throughChannels(),
        operators.stream().map(ShopWayOptions::operator).toList(),
        Optional.ofNullable(seller),
        EarnestHome.payments(journal));
  }

  private HttpRequest request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (data == null) {
      return request.method(method != null ? method : "GET", BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(method != null ? method : "POST", BodyPublishers.ofString(data))
        .build();
  }
}
