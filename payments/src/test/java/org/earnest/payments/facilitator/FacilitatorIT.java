package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.store.PostgresSettlements;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.earnest.payments.wire.WireJson;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The facilitator over HTTP on a real chain, its database beside it. */
class FacilitatorIT {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final List<String> READS =
      List.of("eth_call", "eth_getCode", "eth_getBlockByNumber", "eth_getLogs");

  @TempDir private static Path folder;
  private static World world;
  private static Facilitator facilitator;
  private static int nonces;

  private LocalSigner buyer;
  private ExactRequirements offer;

  @BeforeAll
  static void start() throws Exception {
    world = World.start(folder);
    facilitator = new HttpFacilitator(world.facilitatorUri(), HttpClient.newHttpClient());
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void newBuyer() {
    buyer = LocalSigner.random();
    world.mint(buyer.address());
    offer = offer(TokenAmount.of(world.usdc, 1_000));
  }

  @Test
  void theDocumentAndTheRoutesAgree() {
    assertThat(OpenApiAgreement.differences(world.facilitator)).isEmpty();
  }

  @Test
  void itSaysWhatItSupports() {
    assertThat(facilitator.supported().kinds())
        .singleElement()
        .satisfies(
            kind -> {
              assertThat(kind.scheme()).isEqualTo("exact");
              assertThat(kind.network()).isEqualTo("eip155:31337");
            });
    assertThat(facilitator.supported().signers())
        .containsEntry("eip155:*", List.of(world.submitter.sender().hex()));
  }

  @Test
  void aGoodPaymentIsVerifiedWithOneCallToTheNode() {
    facilitator.verify(payment(signed -> signed));
    long before = reads();

    VerifyResponse verdict = facilitator.verify(payment(signed -> signed));

    assertThat(verdict).isEqualTo(VerifyResponse.valid(buyer.address().hex()));
    assertThat(reads() - before).isEqualTo(1);
  }

  @Test
  void whatIsWrongByItselfCostsNoCallToTheNode() {
    long before = reads();

    assertThat(
            List.of(
                reason(payment(signed -> valued(signed, 999))),
                reason(payment(signed -> paying(signed, world.submitter.sender()))),
                reason(payment(signed -> until(signed, Instant.now().minusSeconds(1)))),
                reason(payment(signed -> after(signed, Instant.now().plusSeconds(600)))),
                reason(elsewhere()),
                reason(inAnotherToken())))
        .containsExactly(
            "invalid_exact_evm_payload_authorization_value_mismatch",
            "invalid_exact_evm_recipient_mismatch",
            "invalid_exact_evm_payload_authorization_valid_before",
            "invalid_exact_evm_payload_authorization_valid_after",
            "invalid_exact_evm_network_mismatch",
            "asset_not_allowed");
    assertThat(reads() - before).isZero();
  }

  @Test
  void aSignatureOfSomebodyElseIsRefused() {
    assertThat(reason(signedBy(LocalSigner.random()))).isEqualTo("invalid_exact_evm_signature");
  }

  @Test
  void theOtherFormOfASignatureIsRefused() {
    FacilitatorRequest good = payment(signed -> signed);
    ExactEvmPayload payload = ExactEvmPayload.parse(good.payment().payload());

    FacilitatorRequest mirrored =
        Payments.unsigned(
            offer, new ExactEvmPayload(mirror(payload.signature()), payload.authorization()));

    assertThat(reason(mirrored)).isEqualTo("invalid_exact_evm_signature");
  }

  @Test
  void anEmptyPurseIsNamed() {
    buyer = LocalSigner.random();

    assertThat(reason(payment(signed -> signed)))
        .isEqualTo("invalid_exact_evm_insufficient_balance");
  }

  @Test
  void aDomainThatIsNotTheTokensIsNamed() {
    offer =
        new ExactRequirements(
            offer.price(), offer.payTo(), offer.maxTimeout(), "USDC", offer.tokenVersion());

    assertThat(reason(payment(signed -> signed)))
        .isEqualTo("invalid_exact_evm_token_name_mismatch");
  }

  @Test
  void anAllowedAddressWithoutCodeIsNamed() {
    Caip19AssetId nothing =
        new Caip19AssetId(world.chain.chainId(), new EvmAddress("0x" + "77".repeat(20)));
    EvmFacilitator careless = facilitator(world.chain, nothing, Duration.ofSeconds(5));
    offer = offer(TokenAmount.of(nothing, 1));

    assertThat(careless.verify(payment(signed -> signed)).invalidReason())
        .contains("asset_not_deployed_contract");
  }

  @Test
  void aSettledPaymentMovesTheMoneyOnceHoweverOftenItIsSettled() {
    FacilitatorRequest payment = payment(signed -> signed);
    long before = world.transactions();
    long sellerBefore = world.balance(World.SELLER);

    SettleResponse first = facilitator.settle(payment);
    SettleResponse again = facilitator.settle(payment);

    assertThat(first.success()).as(first.toString()).isTrue();
    assertThat(again).isEqualTo(first);
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(world.balance(buyer.address())).isEqualTo(World.PURSE - 1_000);
    assertThat(world.balance(World.SELLER) - sellerBefore).isEqualTo(1_000);
    assertThat(reason(payment)).isEqualTo("invalid_exact_evm_nonce_already_used");
  }

  @Test
  void anotherPaymentUnderAUsedNonceIsRefused() {
    FacilitatorRequest first = payment(signed -> signed);
    TransferWithAuthorization used = Payments.read(first).authorization();
    facilitator.settle(first);
    long before = world.transactions();

    SettleResponse other =
        facilitator.settle(
            Payments.signed(offer, until(used, Instant.now().plusSeconds(90)), buyer));

    assertThat(other.errorReason()).contains("invalid_exact_evm_nonce_already_used");
    assertThat(world.transactions()).isEqualTo(before);
  }

  @Test
  void tenEqualSettlementsAreOneTransaction() throws Exception {
    FacilitatorRequest payment = payment(signed -> signed);
    long before = world.transactions();

    List<SettleResponse> answers =
        together(IntStream.range(0, 10).mapToObj(each -> payment).toList());

    assertThat(answers).allMatch(SettleResponse::success);
    assertThat(answers)
        .extracting(SettleResponse::transaction)
        .containsOnly(answers.getFirst().transaction());
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(world.balance(buyer.address())).isEqualTo(World.PURSE - 1_000);
  }

  @Test
  void whatSomebodyElseBroughtOnChainFirstCountsAsSettled() {
    FacilitatorRequest payment = payment(signed -> signed);
    ExactPayment read = Payments.read(payment);
    Settlement settlement = Settlement.of(new VerifiedPayment(read));
    new PostgresSettlements(world.database).begin(settlement);
    world.send(read.transfer());

    SettleResponse answer = facilitator.settle(payment);

    assertThat(answer.success()).as(answer.toString()).isTrue();
    assertThat(world.balance(buyer.address())).isEqualTo(World.PURSE - 1_000);
  }

  @Test
  void aSettlementCanBeLookedUp() throws Exception {
    FacilitatorRequest payment = payment(signed -> signed);
    SettleResponse settled = facilitator.settle(payment);

    JsonNode found = get("/settlements/" + Payments.read(payment).key().id(), 200);

    assertThat(found.path("state").stringValue()).isEqualTo("settled");
    assertThat(found.path("transaction").stringValue()).isEqualTo(settled.transaction());
    assertThat(found.path("amount").stringValue()).isEqualTo("1000");
    assertThat(get("/settlements/0x" + "00".repeat(32), 404).path("code").stringValue())
        .isEqualTo("settlement_unknown");
    assertThat(get("/settlements/nonsense", 400).path("code").stringValue())
        .isEqualTo("invalid_request");
  }

  @Test
  void anUnminedTransactionIsPendingAndLaterSettledByAskingAgain() {
    EvmFacilitator impatient = facilitator(world.chain, Duration.ofMillis(300));
    FacilitatorRequest payment = payment(signed -> signed);
    world.rpc.require("evm_setAutomine", false);
    SettleResponse pending;
    try {
      pending = impatient.settle(payment);
    } finally {
      world.rpc.require("evm_setAutomine", true);
      world.rpc.require("anvil_mine", "0x1");
    }

    SettleResponse settled = facilitator.settle(payment);

    assertThat(pending.isPending()).as(pending.toString()).isTrue();
    assertThat(pending.transaction()).isNotEmpty();
    assertThat(settled.success()).isTrue();
    assertThat(settled.transaction()).isEqualTo(pending.transaction());
    assertThat(world.balance(buyer.address())).isEqualTo(World.PURSE - 1_000);
  }

  @Test
  void aDeadNodeIsAProblemThatMayPass() throws Exception {
    FaultyRpcServer node = FaultyRpcServer.proxy(world.proxy.url());
    ChainReader chain = JsonRpcChainReader.connect(HttpJsonRpc.to(node.url()));
    URI host = world.host(new FacilitatorService(facilitator(chain, Duration.ofSeconds(1))));
    FacilitatorRequest payment = payment(signed -> signed);
    node.close();

    HttpResponse<String> response = post(host, WireJson.write(payment));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"chain_unavailable\"", "\"retryable\":true");
    assertThatThrownBy(() -> new HttpFacilitator(host, HttpClient.newHttpClient()).verify(payment))
        .isInstanceOf(FacilitatorUnavailableException.class);
    assertThat(facilitator.settle(payment).success()).isTrue();
  }

  @Test
  void aBodyThatIsNoRequestIsAProblem() throws Exception {
    HttpResponse<String> response =
        post(
            world.facilitatorUri(),
            "{\"x402Version\":2,\"x402Version\":2}".getBytes(StandardCharsets.UTF_8));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("malformed_x402", "twice");
  }

  private FacilitatorRequest payment(UnaryOperator<TransferWithAuthorization> change) {
    return Payments.signed(offer, change.apply(authorization()), buyer);
  }

  private FacilitatorRequest signedBy(LocalSigner other) {
    return Payments.signed(offer, authorization(), other);
  }

  private FacilitatorRequest elsewhere() {
    offer = offer(TokenAmount.of(new Caip19AssetId(Payments.CHAIN, world.usdc.token()), 1_000));
    FacilitatorRequest request = payment(signed -> signed);
    offer = offer(TokenAmount.of(world.usdc, 1_000));
    return request;
  }

  private FacilitatorRequest inAnotherToken() {
    offer =
        offer(
            TokenAmount.of(
                new Caip19AssetId(world.chain.chainId(), new EvmAddress("0x" + "99".repeat(20))),
                1_000));
    return payment(signed -> signed);
  }

  private TransferWithAuthorization authorization() {
    return new TransferWithAuthorization(
        buyer.address(),
        offer.payTo(),
        offer.price().atomicUnits(),
        BigInteger.ZERO,
        BigInteger.valueOf(Instant.now().plusSeconds(120).getEpochSecond()),
        Payments.seed("facilitator " + nonces++));
  }

  private static ExactRequirements offer(TokenAmount price) {
    return new ExactRequirements(price, World.SELLER, Duration.ofMinutes(1), "USD Coin", "2");
  }

  private static TransferWithAuthorization valued(TransferWithAuthorization a, long value) {
    return new TransferWithAuthorization(
        a.from(), a.to(), BigInteger.valueOf(value), a.validAfter(), a.validBefore(), a.nonce());
  }

  private static TransferWithAuthorization paying(TransferWithAuthorization a, EvmAddress to) {
    return new TransferWithAuthorization(
        a.from(), to, a.value(), a.validAfter(), a.validBefore(), a.nonce());
  }

  private static TransferWithAuthorization until(TransferWithAuthorization a, Instant end) {
    return new TransferWithAuthorization(
        a.from(),
        a.to(),
        a.value(),
        a.validAfter(),
        BigInteger.valueOf(end.getEpochSecond()),
        a.nonce());
  }

  private static TransferWithAuthorization after(TransferWithAuthorization a, Instant start) {
    return new TransferWithAuthorization(
        a.from(),
        a.to(),
        a.value(),
        BigInteger.valueOf(start.getEpochSecond()),
        a.validBefore(),
        a.nonce());
  }

  /** {@code (r, n - s)} with the other parity: as valid to naive recovery, and malleable. */
  private static String mirror(String signature) {
    byte[] bytes = Hex.decode(signature);
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
    String high = "%064x".formatted(ORDER.subtract(s));
    String v = bytes[64] == 27 ? "1c" : "1b";
    return signature.substring(0, 2 + 64) + high + v;
  }

  private static String reason(FacilitatorRequest request) {
    VerifyResponse verdict = facilitator.verify(request);
    assertThat(verdict.isValid()).isFalse();
    return verdict.invalidReason().orElseThrow();
  }

  private static long reads() {
    return READS.stream().mapToLong(world.proxy::calls).sum();
  }

  private static List<SettleResponse> together(List<FacilitatorRequest> requests) throws Exception {
    List<Callable<SettleResponse>> calls = new ArrayList<>();
    requests.forEach(request -> calls.add(() -> facilitator.settle(request)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<SettleResponse> answers = new ArrayList<>();
      for (Future<SettleResponse> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static HttpResponse<String> post(URI host, byte[] body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(host + "/verify"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());
  }

  private static EvmFacilitator facilitator(ChainReader chain, Duration patience) {
    return facilitator(chain, world.usdc, patience);
  }

  private static EvmFacilitator facilitator(
      ChainReader chain, Caip19AssetId asset, Duration patience) {
    return new EvmFacilitator(
        chain,
        world.submitter,
        new PostgresSettlements(world.database),
        FacilitatorPolicy.ofAssets(asset),
        InstantSource.system(),
        patience);
  }

  private static JsonNode get(String path, int status) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(world.facilitatorUri() + path)).build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(status);
    return JsonMapper.shared().readTree(response.body());
  }
}
