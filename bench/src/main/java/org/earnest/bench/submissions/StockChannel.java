package org.earnest.bench.submissions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.Lifecycle;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import tools.jackson.databind.JsonNode;

/** The reference's buyer, shop and facilitator, all in one process; its books are in its memory. */
final class StockChannel implements ChannelSide {
  private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");
  private static final Duration START_PATIENCE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Where Multicall3 is on every chain: the reference reads channels by it. */
  private static final EvmAddress MULTICALL =
      new EvmAddress("0xcA11bde05977b3631167028862bE2a173976CA11");

  private static final String MULTICALL_CODE = "/MulticallDouble.bin";
  private static final int OK = 200;

  private final URI there;
  private final EvmAddress payee;
  private final EvmAddress relayer;
  private final HttpClient http;

  private StockChannel(URI there, EvmAddress payee, EvmAddress relayer, HttpClient http) {
    this.there = there;
    this.payee = payee;
    this.relayer = relayer;
    this.http = http;
  }

  /**
   * Installs it where it is not yet, and starts it; the lifecycle ends it.
   *
   * @param deposit of the first call
   */
  static StockChannel start(
      Lifecycle lifecycle,
      Ground ground,
      Path folder,
      TokenAmount price,
      TokenAmount deposit,
      HttpClient http) {
    ground.chain().ensureCode(MULTICALL, multicall());
    EvmAddress payee = LocalSigner.random().address();
    DevAccount relayer = ground.account(Role.ISSUER);
    ChildCommand node =
        new ChildCommand(
                "node",
                List.of(
                    "node",
                    "channel.mjs",
                    ground.chain().rpcUrl().toString(),
                    ground.chain().chainId().toString(),
                    price.asset().token().hex(),
                    payee.hex(),
                    price.atomicUnits().toString(),
                    deposit.atomicUnits().toString()),
                StockFacilitator.install(folder).folder().resolve("channel.log"))
            .in(folder)
            .with(
                Map.of(
                    "FACILITATOR_KEY",
                    relayer.privateKey(),
                    "AUTHORIZER_KEY",
                    ground.account(Role.SELLER).privateKey(),
                    "BUYER_KEY",
                    ground.account(Role.BUYER).privateKey()));
    ChildProcess child = lifecycle.start(() -> ChildProcess.start(node));
    String port = child.awaitOutput(LISTENING, START_PATIENCE).group(1);
    return new StockChannel(URI.create("http://127.0.0.1:" + port), payee, relayer.address(), http);
  }

  private static String multicall() {
    try (InputStream file = StockChannel.class.getResourceAsStream(MULTICALL_CODE)) {
      byte[] code = Objects.requireNonNull(file, MULTICALL_CODE).readAllBytes();
      return "0x" + new String(code, StandardCharsets.US_ASCII).strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public String contender() {
    return "x402 ts";
  }

  @Override
  public Calls call(int atOnce) {
    JsonNode told = ask("/calls/" + atOnce);
    Map<String, Long> refusals = new HashMap<>();
    told.path("refusals").forEachEntry((why, many) -> refusals.put(why, many.longValue()));
    return new Calls(told.path("served").intValue(), refusals);
  }

  @Override
  public long handlerRuns() {
    return ask("/books").path("handlerRuns").longValue();
  }

  @Override
  public long sold() {
    return ask("/books").path("sold").longValue();
  }

  @Override
  public EvmAddress payee() {
    return payee;
  }

  @Override
  public EvmAddress relayer() {
    return relayer;
  }

  @Override
  public void cash() {
    ask("/cash");
  }

  @Override
  public long cpu(Cpu used) {
    return used.peer();
  }

  private JsonNode ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(there.resolve(path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<byte[]> told = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (told.statusCode() != OK) {
        throw new IllegalStateException(
            path + " failed: " + new String(told.body(), StandardCharsets.UTF_8));
      }
      return WireJson.read(told.body());
    } catch (IOException | WireFormatException failed) {
      throw new IllegalStateException("the reference's process does not answer", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }
}
