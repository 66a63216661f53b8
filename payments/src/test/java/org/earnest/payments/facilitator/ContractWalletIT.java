package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.payments.edge.FacilitatorService;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.Doubles.Manners;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;

/** Payers that are contracts, honest and hostile, and some that are not there yet. */
class ContractWalletIT extends OnChain {
  private static final LocalSigner OWNER = LocalSigner.random();
  private static final Duration WINDOW = Duration.ofMinutes(10);

  /** Code of a batch whose second call alone succeeds, whatever the calls are: returns 2. */
  private static final String SECOND_ALONE = "0x600260005260206000f3";

  private static EvmAddress factory;

  private int nonces;

  @BeforeAll
  static void deployFactory(@TempDir Path folder) {
    factory = world.deploy(Doubles.creationCode("WalletFactory"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Manners.class,
      names = {"HONEST", "CALLS_BACK"})
  void aWalletThatTakesItsOwnersSignaturePays(Manners manners) {
    EvmAddress wallet = wallet(OWNER, manners);
    FacilitatorRequest payment = payment(wallet, OWNER);

    assertThat(facilitator().verify(payment)).isEqualTo(VerifyResponse.valid(wallet.hex()));
    assertThat(Payments.settle(facilitator(), payment).success()).isTrue();
    assertThat(world.balance(wallet)).isEqualTo(World.PURSE - PRICE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Manners.class,
      names = {"REFUSES", "BURNS"})
  void aWalletThatDoesNotIsRefusedWithoutGas(Manners manners) {
    FacilitatorRequest payment = payment(wallet(OWNER, manners), OWNER);
    long transactions = world.transactions();

    VerifyResponse verdict = facilitator().verify(payment);
    SettleResponse settled = facilitator().settle(payment);

    assertThat(verdict.invalidReason()).contains("invalid_exact_evm_signature");
    assertThat(settled.errorReason()).contains("invalid_exact_evm_signature");
    assertThat(world.transactions()).isEqualTo(transactions);
  }

  /** Code at the payer makes its own word count, and its key's no more (EIP-7702 too). */
  @Test
  void theKeyOfAnAccountWithCodeDoesNotCount() {
    LocalSigner key = LocalSigner.random();
    world.mint(key.address());
    world.rpc.require(
        "anvil_setCode",
        key.address().hex(),
        world.chain.code(wallet(OWNER, Manners.HONEST), BlockTag.Named.LATEST));

    assertThat(facilitator().verify(payment(key.address(), key)).isValid()).isFalse();
    assertThat(facilitator().verify(payment(key.address(), OWNER)).isValid()).isTrue();
  }

  @Test
  void aWalletThatChangesItsMindCostsNoMoreThanItsBudget() {
    EvmAddress wallet = wallet(OWNER, Manners.CHANGES_ITS_MIND);
    EvmFacilitator facilitator = facilitator();
    long transactions = world.transactions();

    for (int attempt = 0; attempt < 12; attempt++) {
      try {
        assertThat(facilitator.settle(payment(wallet, OWNER)).success()).isFalse();
      } catch (FacilitatorUnavailableException refused) {
        assertThat(refused.obstacle().orElseThrow().reason().code())
            .isEqualTo("reverted_gas_budget_spent");
        assertThat(refused.retryAfter()).isPresent();
      }
    }

    assertThat(world.transactions() - transactions).isLessThanOrEqualTo(10);
    assertThat(world.balance(wallet)).isEqualTo(World.PURSE);
  }

  @Test
  void aWalletThatIsNotThereYetIsDeployedForItsPayment() {
    LocalSigner owner = LocalSigner.random();
    EvmAddress wallet = addressOf(owner);
    world.mint(wallet);
    FacilitatorRequest payment = undeployed(wallet, owner, factory);
    EvmFacilitator facilitator = trusting(EvmFacilitator.PATIENCE);

    VerifyResponse verdict = facilitator.verify(payment);
    SettleResponse settled = Payments.settle(facilitator, payment);
    SettleResponse again = Payments.settle(facilitator, payment);
    SettleResponse next = Payments.settle(facilitator, undeployed(wallet, owner, factory));

    assertThat(verdict).isEqualTo(VerifyResponse.valid(wallet.hex()));
    assertThat(settled.success()).as(settled.toString()).isTrue();
    assertThat(again).isEqualTo(settled);
    assertThat(next.success()).as("wrapped though it is there by now").isTrue();
    assertThat(world.balance(wallet)).isEqualTo(World.PURSE - 2 * PRICE);
  }

  @Test
  void theFactoriesOfStrangersAreNotCalled() {
    LocalSigner owner = LocalSigner.random();
    EvmAddress wallet = addressOf(owner);
    world.mint(wallet);
    EvmFacilitator trusting = trusting(EvmFacilitator.PATIENCE);
    long transactions = world.transactions();

    assertThat(facilitator().settle(undeployed(wallet, owner, factory)).errorReason())
        .contains("eip6492_factory_not_allowed");
    assertThat(trusting.settle(undeployed(wallet, owner, world.callBatch)).errorReason())
        .contains("eip6492_factory_not_allowed");
    assertThat(trusting.verify(undeployed(wallet, LocalSigner.random(), factory)).isValid())
        .isFalse();
    assertThat(world.transactions()).isEqualTo(transactions);
  }

  /** What deploys a wallet is no part of what is signed, nor of what is stored. */
  @Test
  void whoHasAKeyGetsNothingDeployedThoughItsPaymentIsKnown() {
    EvmFacilitator trusting = trusting(Duration.ZERO);
    TransferWithAuthorization authorization = buyer.authorization(offer);
    FacilitatorRequest plain = Payments.signed(offer, authorization, buyer.signer());
    List<FacilitatorRequest> wrapped =
        List.of(
            wrapped(authorization, buyer.signer(), world.callBatch, "0x"),
            wrapped(authorization, buyer.signer(), factory, call("create", OWNER)));
    long transactions = world.transactions();

    List<SettleResponse> answers =
        world.unmined(
            () -> {
              trusting.settle(plain);
              return wrapped.stream().map(trusting::settle).toList();
            });
    SettleResponse settled = Payments.settle(trusting, plain);

    assertThat(answers).noneMatch(SettleResponse::success);
    assertThat(answers.getLast().errorReason()).contains("invalid_exact_evm_signature");
    assertThat(trusting.verify(wrapped.getLast()).invalidReason())
        .as("not at first either")
        .contains("invalid_exact_evm_signature");
    assertThat(settled.success()).as(settled.toString()).isTrue();
    assertThat(world.transactions() - transactions).as("its transfer alone").isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aDeploymentThatFailsIsRefusedWhateverBecomesOfTheTransfer() {
    LocalSigner owner = LocalSigner.random();
    EvmAddress second = LocalSigner.random().address();
    world.rpc.require("anvil_setCode", second.hex(), SECOND_ALONE);
    EvmFacilitator trusting =
        world.facilitator(
            FacilitatorPolicy.ofAssets(world.usdc)
                .deploying(new WalletFactories(Set.of(factory), second)));

    VerifyResponse verdict = trusting.verify(undeployed(addressOf(owner), owner, factory));

    assertThat(verdict.invalidReason()).contains("smart_wallet_deployment_failed");
  }

  @Test
  void whoHasHadItsShareIsToldWhenToAskAgain() throws Exception {
    FacilitatorPolicy strict =
        FacilitatorPolicy.ofAssets(world.usdc)
            .within(new FacilitatorLimits(1, 100, WINDOW, BigInteger.valueOf(1_000_000), WINDOW));
    URI host = world.host(new FacilitatorService(world.facilitator(strict)));
    Facilitator remote = new HttpFacilitator(host, HttpClient.newHttpClient());
    FacilitatorRequest first = buyer.payment(offer);
    FacilitatorRequest second = buyer.payment(offer);

    assertThat(Payments.settle(remote, first).success()).isTrue();
    HttpResponse<String> answer = post(host, second);
    FacilitatorUnavailableException told =
        catchThrowableOfType(FacilitatorUnavailableException.class, () -> remote.settle(second));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(1L, WINDOW.toSeconds());
    assertThat(answer.body()).contains("too_many_payments");
    assertThat(told.obstacle().orElseThrow().reason().code()).isEqualTo("too_many_payments");
    assertThat(Payments.settle(remote, first).success()).as("the one that was begun").isTrue();
    assertThat(spent()).isEqualTo(PRICE);
  }

  private static EvmFacilitator trusting(Duration patience) {
    return world.facilitator(
        FacilitatorPolicy.ofAssets(world.usdc)
            .deploying(new WalletFactories(Set.of(factory), world.callBatch)),
        patience);
  }

  private static EvmFacilitator facilitator() {
    return world.facilitator(FacilitatorPolicy.ofAssets(world.usdc));
  }

  private static HttpResponse<String> post(URI host, FacilitatorRequest payment) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(host + "/settle"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.write(payment)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static EvmAddress wallet(LocalSigner owner, Manners manners) {
    EvmAddress wallet = Doubles.wallet(world, owner.address(), manners);
    world.mint(wallet);
    return wallet;
  }

  private static EvmAddress addressOf(LocalSigner owner) {
    CallOutcome told =
        world.chain.call(new ChainCall(factory, call("addressOf", owner)), BlockTag.Named.LATEST);
    return new EvmAddress("0x" + ((CallOutcome.Returned) told).data().substring(2 + 24));
  }

  private static String call(String function, LocalSigner owner) {
    return FunctionEncoder.encode(
        new Function(function, List.of(new Address(owner.address().hex())), List.of()));
  }

  private TransferWithAuthorization authorization(EvmAddress payer) {
    return new TransferWithAuthorization(
        payer,
        offer.payTo(),
        offer.price().atomicUnits(),
        BigInteger.ZERO,
        BigInteger.valueOf(Instant.now().plusSeconds(600).getEpochSecond()),
        Payments.seed("wallet " + payer + nonces++));
  }

  private FacilitatorRequest payment(EvmAddress payer, LocalSigner by) {
    return Payments.signed(offer, authorization(payer), by);
  }

  private FacilitatorRequest undeployed(EvmAddress payer, LocalSigner by, EvmAddress deployer) {
    return wrapped(authorization(payer), by, deployer, call("create", by));
  }

  private FacilitatorRequest wrapped(
      TransferWithAuthorization authorization,
      LocalSigner by,
      EvmAddress deployer,
      String deployment) {
    String wrapped =
        FunctionEncoder.encodeConstructor(
            List.of(
                new Address(deployer.hex()),
                new DynamicBytes(Hex.decode(deployment)),
                new DynamicBytes(by.sign(authorization.message(offer.domain())))));
    return Payments.unsigned(
        offer,
        new ExactEvmPayload(
            "0x" + wrapped.replaceFirst("^0x", "") + "6492".repeat(16), authorization));
  }
}
