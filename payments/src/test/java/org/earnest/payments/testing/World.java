package org.earnest.payments.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.BatchSubmitter;
import org.earnest.bindings.submission.GatheringSubmitter;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.facilitator.EvmFacilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.facilitator.Relayers;
import org.earnest.payments.store.PostgresSettlements;
import org.earnest.testkit.chain.AnvilProcess;
import org.earnest.testkit.chain.FaultyRpcServer;
import tools.jackson.databind.JsonNode;

/**
 * A chain with a token, a database, and a facilitator on a host. The facilitator talks to the chain
 * through a proxy that counts and can fail.
 */
public final class World implements AutoCloseable {
  public static final long PURSE = 1_000_000;
  public static final EvmAddress SELLER = Payments.SELLER;
  private static final int LAST_ACCOUNT = 9;
  private static final Duration RESEND = Duration.ofMillis(500);
  private static final Duration GATHERING = Duration.ofMillis(200);
  private static final Duration RECEIPT_POLL = Duration.ofMillis(5);

  /** A busy machine may take its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** For an answer that is sure to come. */
  public static final Duration ANSWER_PATIENCE = Duration.ofMinutes(1);

  public final FaultyRpcServer proxy;
  public final JsonRpc rpc;
  public final ChainReader chain;
  public final Database database;

  /** How another process reaches {@link #database}. */
  public final DatabaseSettings settings;

  public final Caip19AssetId usdc;
  public final JournaledTransactionSubmitter submitter;
  public final FacilitatorService facilitator;

  /** A {@code CallBatch}. */
  public final EvmAddress callBatch;

  private final URI node;
  private final SubmissionJournal journal;
  private final BatchSubmitter batches;
  private final GatheringSubmitter gathering;
  private final Lifecycle lifecycle;
  private final ChainReader watchedChain;
  private final Host host;

  private World(Lifecycle lifecycle, Path folder, boolean baseSepolia) throws Exception {
    this.lifecycle = lifecycle;
    AnvilProcess anvil =
        lifecycle.start(
            () ->
                baseSepolia
                    ? AnvilProcess.start("--chain-id", Payments.CHAIN.reference())
                    : AnvilProcess.start());
    node = anvil.url();
    proxy = lifecycle.start(() -> FaultyRpcServer.proxy(node));
    rpc = HttpJsonRpc.to(anvil.url(), PATIENCE);
    chain = JsonRpcChainReader.connect(rpc);
    settings = postgres(folder);
    database = lifecycle.start(() -> Database.open(settings, new SimpleMeterRegistry()));
    EvmAddress token = deploy(CreationCode.testUsdc());
    usdc = baseSepolia ? wellKnown(token) : new Caip19AssetId(chain.chainId(), token);
    JsonRpc watched = HttpJsonRpc.to(proxy.url());
    watchedChain = JsonRpcChainReader.connect(watched);
    journal = PostgresSubmissionJournal.open(database);
    SubmissionSettings impatient = impatient(SubmissionSettings.DEFAULT);
    submitter =
        new JournaledTransactionSubmitter(
            watched,
            watchedChain,
            LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY),
            journal,
            impatient);
    callBatch = deploy(CreationCode.callBatch());
    batches = new BatchSubmitter(watched, watchedChain, journal, submitter, callBatch, impatient);
    gathering = gathering(GATHERING);
    facilitator =
        FacilitatorService.open(
            database,
            watchedChain,
            submitter,
            FacilitatorPolicy.ofAssets(usdc),
            SubmissionSettings.DEFAULT.finality(),
            InstantSource.system());
    host = lifecycle.start(() -> Host.builder().port(0).mount(facilitator).start());
  }

  /** Starts one whose files are in a folder of the test's. */
  public static World start(Path folder) throws Exception {
    return start(folder, false);
  }

  /** The same under Base Sepolia's chain id, and with the token where USDC is there. */
  public static World baseSepolia(Path folder) throws Exception {
    return start(folder, true);
  }

  private static World start(Path folder, boolean baseSepolia) throws Exception {
    Lifecycle lifecycle = new Lifecycle();
    try {
      return new World(lifecycle, folder, baseSepolia);
    } catch (Exception | Error failure) {
      lifecycle.close();
      throw failure;
    }
  }

  private Caip19AssetId wellKnown(EvmAddress token) {
    EvmAddress there = Payments.USDC.token();
    rpc.require("anvil_setCode", there.hex(), chain.code(token, BlockTag.Named.LATEST));
    return Payments.USDC;
  }

  /** Bytes that got lost go out again soon, so that a test need not wait. */
  private static SubmissionSettings impatient(SubmissionSettings settings) {
    return settings.withIntervals(settings.pollInterval(), RESEND);
  }

  private GatheringSubmitter gathering(Duration moment) {
    return lifecycle.start(
        () -> new GatheringSubmitter(chain.chainId(), journal, submitter, batches, moment));
  }

  /** The node itself, without the proxy. */
  public URI node() {
    return node;
  }

  /** A facilitator elsewhere, by a client that a busy machine does not put off. */
  public HttpFacilitator remoteFacilitator() {
    return new HttpFacilitator(facilitatorUri(), HttpClient.newHttpClient(), ANSWER_PATIENCE);
  }

  /** Where the facilitator answers. */
  public URI facilitatorUri() {
    return host.uri();
  }

  /** A facilitator in this process that moves one token and waits so long for a transaction. */
  public EvmFacilitator facilitator(Caip19AssetId asset, Duration patience) {
    return facilitator(Relayers.of(submitter), asset, patience);
  }

  /** One that settles what comes within a moment in one transaction. */
  public EvmFacilitator batchingFacilitator() {
    return facilitator(new Relayers(gathering, submitter), usdc, EvmFacilitator.PATIENCE);
  }

  /** The same with another moment, where settlements have to meet. */
  public EvmFacilitator batchingFacilitator(Duration moment) {
    return facilitator(new Relayers(gathering(moment), submitter), usdc, EvmFacilitator.PATIENCE);
  }

  /** One in this process with a policy of its own. */
  public EvmFacilitator facilitator(FacilitatorPolicy policy) {
    return facilitator(Relayers.of(submitter), policy, EvmFacilitator.PATIENCE);
  }

  /** The same, which waits so long for a transaction. */
  public EvmFacilitator facilitator(FacilitatorPolicy policy, Duration patience) {
    return facilitator(Relayers.of(submitter), policy, patience);
  }

  private EvmFacilitator facilitator(Relayers relayers, Caip19AssetId asset, Duration patience) {
    return facilitator(relayers, FacilitatorPolicy.ofAssets(asset), patience);
  }

  private EvmFacilitator facilitator(
      Relayers relayers, FacilitatorPolicy policy, Duration patience) {
    return new EvmFacilitator(
        watchedChain,
        relayers,
        new PostgresSettlements(database),
        policy,
        SubmissionSettings.DEFAULT.finality(),
        InstantSource.system(),
        patience);
  }

  /** Some atomic units for the seller. */
  public ExactRequirements price(long atomicUnits) {
    return price(TokenAmount.of(usdc, atomicUnits));
  }

  /** The same in any token that has the test token's domain. */
  public static ExactRequirements price(TokenAmount amount) {
    return new ExactRequirements(amount, SELLER, Duration.ofMinutes(1), "USD Coin", "2");
  }

  /** What is asked while nothing is mined; what was sent is mined after. */
  public <T> T unmined(Supplier<T> question) {
    rpc.require("evm_setAutomine", false);
    try {
      return question.get();
    } finally {
      rpc.require("evm_setAutomine", true);
      rpc.require("anvil_mine", "0x1");
    }
  }

  /** Gives an account so much for gas, in wei. */
  public void ether(EvmAddress account, BigInteger wei) {
    rpc.require("anvil_setBalance", account.hex(), "0x" + wei.toString(16));
  }

  /** What the chain asks for, in wei per gas. */
  public void gasPrice(long wei) {
    rpc.require("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(wei));
    mine(1);
  }

  /** So many blocks in which nothing happens. */
  public void mine(int blocks) {
    rpc.require("anvil_mine", "0x" + Integer.toHexString(blocks));
  }

  /** Moves the chain's clock, which then is ahead of the machine's, and mines a block. */
  public void warp(Duration ahead) {
    rpc.require("evm_increaseTime", "0x" + Long.toHexString(ahead.toSeconds()));
    mine(1);
  }

  /** Takes the newest block back; what was in it is lost. */
  public void reorganise() {
    rpc.require("anvil_reorg", 1, List.of());
  }

  /** Another host with one service. */
  public URI host(HttpService service) throws Exception {
    return lifecycle.start(() -> Host.builder().port(0).mount(service).start()).uri();
  }

  public long balance(EvmAddress account) {
    return new TokenReads(chain, usdc.token())
        .balance(account, BlockTag.Named.LATEST)
        .longValueExact();
  }

  /** Transactions that the facilitator's account has sent. */
  public long transactions() {
    return chain.transactionCount(submitter.sender(), BlockTag.Named.LATEST).longValueExact();
  }

  /** Money for an account. */
  public void mint(EvmAddress account) {
    send(new TokenCalls(usdc.token()).mint(account, BigInteger.valueOf(PURSE)));
  }

  /** A transaction of somebody who is not the facilitator. */
  public void send(ChainCall call) {
    transact(Map.of("from", faucet(), "to", call.to().hex(), "data", call.data()));
  }

  /** A transaction of any account, whether it has gas or a key or not. */
  public void sendAs(EvmAddress sender, ChainCall call) {
    ether(sender, BigInteger.TEN.pow(18));
    rpc.require("anvil_impersonateAccount", sender.hex());
    transact(Map.of("from", sender.hex(), "to", call.to().hex(), "data", call.data()));
    rpc.require("anvil_stopImpersonatingAccount", sender.hex());
  }

  /** Puts the code of a contract that was deployed to another address, too. */
  public void place(EvmAddress address, String creationCode) {
    String code = chain.code(deploy(creationCode), BlockTag.Named.LATEST);
    rpc.require("anvil_setCode", address.hex(), code);
  }

  /** Deploys code by somebody who is not the facilitator. */
  public EvmAddress deploy(String creationCode) {
    return new EvmAddress(
        transact(Map.of("from", faucet(), "data", creationCode, "gas", "0x989680")));
  }

  /** One after the other, as the node does not count what is sent to it at once. */
  private synchronized String transact(Map<String, String> transaction) {
    String hash = rpc.require("eth_sendTransaction", transaction).stringValue();
    JsonNode receipt = receipt(hash);
    if (!receipt.path("status").stringValue("").equals("0x1")) {
      throw new AssertionError("the transaction failed: " + receipt);
    }
    return receipt.path("contractAddress").stringValue("");
  }

  /** Anvil answers a transaction's hash before it has mined it. */
  private JsonNode receipt(String hash) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode receipt = rpc.require("eth_getTransactionReceipt", hash);
    while (receipt.isNull()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the transaction was not mined: " + hash);
      }
      LockSupport.parkNanos(RECEIPT_POLL.toNanos());
      receipt = rpc.require("eth_getTransactionReceipt", hash);
    }
    return receipt;
  }

  private String faucet() {
    return rpc.require("eth_accounts").get(LAST_ACCOUNT).stringValue();
  }

  private DatabaseSettings postgres(Path folder) throws Exception {
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(folder.resolve("state")));
    return lifecycle.start(() -> EmbeddedPostgres.start(state, binaries())).settings();
  }

  private static Path binaries() throws IOException {
    return Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
