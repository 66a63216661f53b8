package org.earnest.bench.submissions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainReader;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.http.Host;
import org.earnest.kit.process.ChildCommand;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.Lifecycle;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.facilitator.FacilitatorLimits;
import org.earnest.payments.facilitator.FacilitatorPolicy;

/** Our facilitator beside the TypeScript reference, in one run: verify, settle, and overload. */
public final class PaymentBench {
  private static final int IDENTICAL = 10;
  private static final int WARM_UP_CONCURRENCY = 8;

  /** One at a time: at more, the stock signer fails. */
  private static final int PEERS_WARM_UP = 20;

  /** One buyer makes all payments. */
  private static final FacilitatorLimits UNLIMITED =
      new FacilitatorLimits(
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          FacilitatorLimits.DEFAULT.window(),
          FacilitatorLimits.DEFAULT.revertedGas(),
          FacilitatorLimits.DEFAULT.revertedWindow());

  private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");
  private static final Duration START_PATIENCE = Duration.ofMinutes(1);
  private static final Pace AUTOMINE = Pace.parse("automine");

  private final Lifecycle lifecycle;
  private final Ground ground;
  private final BenchPlan plan;
  private final Optional<Path> peers;
  private final Consumer<String> say;

  /**
   * @param peers where they are installed; empty to leave them out
   */
  public PaymentBench(
      Lifecycle lifecycle,
      Ground ground,
      BenchPlan plan,
      Optional<Path> peers,
      Consumer<String> say) {
    this.lifecycle = lifecycle;
    this.ground = ground;
    this.plan = plan;
    this.peers = peers;
    this.say = say;
  }

  /** Runs it; {@code ok} unless our facilitator lost or doubled a payment. */
  public Map<String, Object> run() {
    Buyer buyer = new Buyer(ground);
    HttpClient http = lifecycle.start(HttpClient::newHttpClient);
    List<Facilitated> contenders = lifecycle.inSteps(() -> contenders(buyer, http));
    // The stock signer alone: the other one differs in what it settles.
    List<Facilitated> verifying =
        new ArrayList<>(contenders.subList(0, Math.min(2, contenders.size())));
    Facilitated own =
        contender(Engine.NAME, lifecycle.inSteps(this::process), Role.FACILITATOR, buyer, http);
    verifying.set(0, own);
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("verify", new VerifyBench(buyer, plan, say).run(verifying));
    first.put("overload", new OverloadBench(buyer, plan, say).run(own));
    first.put("calls", calls(buyer, http));
    Map<String, Object> route =
        new PaidRoute(lifecycle, ground, buyer, contenders.getFirst().facilitator())
            .run(IDENTICAL, say);
    first.put("paidRoute", route);
    Map<String, Object> channel = channel(contenders.getFirst(), buyer, http);
    first.put("channel", channel);
    Race race = new Race(ground);
    for (Facilitated contender : contenders) {
      boolean ours = contender.name().equals(Engine.NAME);
      int count = ours ? plan.warmUp() : Math.min(PEERS_WARM_UP, plan.warmUp());
      if (count > 0) {
        race.run(contender, AUTOMINE, count, ours ? WARM_UP_CONCURRENCY : 1);
      }
    }
    say.accept(Score.head());
    List<Score> scores = new ArrayList<>();
    for (Pace pace : plan.paces()) {
      for (int concurrency : plan.concurrencies()) {
        for (Facilitated contender : contenders) {
          scores.add(score(race, contender, pace, plan.count(pace, concurrency), concurrency));
        }
      }
    }
    say.accept(IDENTICAL + " identical requests at once:");
    List<Score> identical = new ArrayList<>();
    for (Pace pace : plan.paces()) {
      for (Facilitated contender : contenders) {
        identical.add(score(race, contender.repeating(), pace, IDENTICAL, IDENTICAL));
      }
    }
    Map<String, Object> figures = figures(scores, identical, route, channel);
    figures.putAll(first);
    return figures;
  }

  private Map<String, Object> channel(Facilitated own, Buyer buyer, HttpClient http) {
    ChannelCalls calls = new ChannelCalls(ground, plan, buyer.price(), say);
    ChannelSide ours =
        new OurChannel(lifecycle, ground, own, buyer.price(), calls.deposit(), calls.mostAtOnce());
    Optional<Supplier<ChannelSide>> reference =
        peers.map(
            folder ->
                () ->
                    StockChannel.start(
                        lifecycle, ground, folder, buyer.price(), calls.deposit(), http));
    return calls.run(ours, reference);
  }

  private List<Map<String, Object>> calls(Buyer buyer, HttpClient http) {
    CountingNode node = lifecycle.start(() -> CountingNode.before(ground.chain().rpcUrl()));
    JsonRpc rpc = HttpJsonRpc.to(node.url());
    ChainReader reader = JsonRpcChainReader.connect(rpc);
    List<Facilitated> contenders = new ArrayList<>();
    URI own = facilitator(rpc, reader, Role.RELAYER);
    contenders.add(contender(Engine.NAME, own, Role.RELAYER, buyer, http));
    List<Map<String, Object>> figures =
        new ArrayList<>(new RpcBench(buyer, node, say).run(contenders));
    peers.ifPresent(
        folder -> {
          DevAccount account = ground.account(Role.STRANGER);
          URI stock =
              StockFacilitator.install(folder).start(lifecycle, ground, node.url(), account, false);
          figures.addAll(
              new RpcBench(buyer, node, say)
                  .run(List.of(contender("x402 ts", stock, account.role(), buyer, http))));
        });
    return figures;
  }

  private Score score(Race race, Contender contender, Pace pace, int count, int concurrency) {
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      rounds.add(race.run(contender, pace, count, concurrency));
    }
    Score score = new Score(contender.name(), pace, concurrency, rounds);
    say.accept(score.row(Optional.empty()));
    return score;
  }

  private static Map<String, Object> figures(
      List<Score> scores,
      List<Score> identical,
      Map<String, Object> route,
      Map<String, Object> channel) {
    boolean clean = scores.stream().filter(Score::isOurs).allMatch(Score::isClean);
    boolean once = identical.stream().filter(Score::isOurs).allMatch(Score::isOnce);
    Map<String, Object> figures = new LinkedHashMap<>();
    boolean sold =
        Objects.equals(route.get("handlerRuns"), 1) && Objects.equals(route.get("paid"), 1L);
    boolean together = Objects.equals(channel.get("ok"), true);
    figures.put("ok", clean && once && sold && together);
    figures.put("scores", scores.stream().map(Score::figures).toList());
    figures.put("identical", identical.stream().map(Score::figures).toList());
    return figures;
  }

  private List<Facilitated> contenders(Buyer buyer, HttpClient http) {
    List<Facilitated> contenders = new ArrayList<>();
    contenders.add(
        contender(
            Engine.NAME,
            facilitator(ground.rpc(), ground.reader(), Role.FACILITATOR),
            Role.FACILITATOR,
            buyer,
            http));
    peers.ifPresent(
        folder -> {
          StockFacilitator stock = StockFacilitator.install(folder);
          DevAccount plain = ground.account(Role.STRANGER);
          DevAccount managed = ground.account(Role.ARBITER);
          URI first = stock.start(lifecycle, ground, plain, false);
          contenders.add(contender("x402 ts", first, plain.role(), buyer, http));
          URI second = stock.start(lifecycle, ground, managed, true);
          contenders.add(contender("ts+nonces", second, managed.role(), buyer, http));
        });
    return contenders;
  }

  private Facilitated contender(String name, URI uri, Role account, Buyer buyer, HttpClient http) {
    return new Facilitated(name, uri, ground.account(account).address(), buyer, http);
  }

  /** Ours by itself, which is not asked to settle. */
  private URI process() {
    try {
      Path folder = Files.createTempDirectory("earnest-facilitator");
      Path log = folder.resolve("facilitator.log");
      lifecycle.start(
          () ->
              () -> {
                Files.deleteIfExists(log);
                Files.deleteIfExists(folder);
              });
      ChildCommand java =
          new ChildCommand(
                  "facilitator",
                  FacilitatorProgram.command(
                      ground.chain().rpcUrl(),
                      ground.databaseSettings(),
                      ground.contracts().usdcAsset()),
                  log)
              .with(
                  Map.of(
                      FacilitatorProgram.KEY,
                      ground.account(Role.FACILITATOR).privateKey(),
                      FacilitatorProgram.PASSWORD,
                      ground.databaseSettings().password()));
      ChildProcess child = lifecycle.start(() -> ChildProcess.start(java));
      return URI.create(
          "http://127.0.0.1:" + child.awaitOutput(LISTENING, START_PATIENCE).group(1));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private URI facilitator(JsonRpc rpc, ChainReader reader, Role account) {
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(
            rpc,
            reader,
            ground.account(account).signer(),
            ground.journal(),
            SubmissionSettings.DEFAULT);
    submitter.reconcile();
    FacilitatorPolicy policy =
        FacilitatorPolicy.ofAssets(ground.contracts().usdcAsset()).within(UNLIMITED);
    FacilitatorService service =
        FacilitatorService.open(
            ground.database(),
            reader,
            submitter,
            policy,
            SubmissionSettings.DEFAULT.finality(),
            InstantSource.system());
    Host host =
        lifecycle.start(() -> Host.builder().address("127.0.0.1").port(0).mount(service).start());
    return host.uri();
  }
}
