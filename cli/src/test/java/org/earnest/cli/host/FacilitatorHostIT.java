package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.submission.Finality;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facilitator by itself, with several keys, on a chain that somebody else runs. */
class FacilitatorHostIT {
  private static final int PAYMENTS = 24;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final EvmAddress SELLER = LocalSigner.random().address();

  private final LocalSigner buyer = LocalSigner.random();
  private final List<LocalSigner> relayers = List.of(LocalSigner.random(), LocalSigner.random());

  @TempDir Path folder;
  private Erc8004OnAnvil chain;
  private Caip19AssetId token;

  @BeforeEach
  void begin() {
    chain = Erc8004OnAnvil.start(0);
    token = new Caip19AssetId(chain.reader().chainId(), chain.deploy(CreationCode.testUsdc()));
    chain.send(0, new TokenCalls(token.token()).mint(buyer.address(), BigInteger.valueOf(1_000)));
    relayers.forEach(
        one -> chain.rpc().require("anvil_setBalance", one.address().hex(), "0xde0b6b3a7640000"));
  }

  @AfterEach
  void end() {
    chain.close();
  }

  @Test
  void severalKeysSettleSideBySideAndAStartLaterKnowsWhatWasSettled() throws Exception {
    List<FacilitatorRequest> payments = new ArrayList<>();
    for (int number = 0; number < PAYMENTS; number++) {
      payments.add(payment(number));
    }
    SettleResponse first;
    try (Lifecycle run = new Lifecycle()) {
      FacilitatorHost host = FacilitatorHost.start(run, plan(run, token.toString()));
      HttpFacilitator remote = new HttpFacilitator(host.uri(), HttpClient.newHttpClient());
      assertThat(remote.supported().signers().get("eip155:*"))
          .containsExactlyInAnyOrderElementsOf(
              relayers.stream().map(one -> one.address().hex()).toList());
      first = together(remote, payments).getFirst();
      Map<String, ?> figures = new FacilitatorWelcome(host).figures();
      assertThat(figures.get("network")).isEqualTo(token.chain().toString());
      assertThat(String.join("\n", new FacilitatorWelcome(host).lines()))
          .contains(host.uri().toString(), token.toString());
    }
    assertThat(relayers.stream().map(this::sent).toList())
        .as("each sent some")
        .allMatch(count -> count > 0);
    assertThat(relayers.stream().mapToLong(this::sent).sum()).isEqualTo(PAYMENTS);
    try (Lifecycle run = new Lifecycle()) {
      FacilitatorHost host = FacilitatorHost.start(run, plan(run, token.toString()));
      HttpFacilitator remote = new HttpFacilitator(host.uri(), HttpClient.newHttpClient());
      assertThat(remote.settle(payments.getFirst(), PATIENCE)).isEqualTo(first);
    }
    assertThat(relayers.stream().mapToLong(this::sent).sum()).isEqualTo(PAYMENTS);
  }

  @Test
  void aTokenOfAnotherChainIsNotEnough() {
    assertThatThrownBy(
            () -> {
              try (Lifecycle run = new Lifecycle()) {
                FacilitatorHost.start(run, plan(run, "eip155:1/erc20:" + token.token()));
              }
            })
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> assertThat(refused.code()).isEqualTo("asset_needed"));
  }

  private static List<SettleResponse> together(
      HttpFacilitator remote, List<FacilitatorRequest> payments) throws Exception {
    List<SettleResponse> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SettleResponse>> asked =
          payments.stream().map(one -> threads.submit(() -> remote.settle(one, PATIENCE))).toList();
      for (Future<SettleResponse> one : asked) {
        answers.add(one.get());
      }
    }
    assertThat(answers).allMatch(SettleResponse::success);
    return answers;
  }

  private long sent(LocalSigner relayer) {
    return chain
        .reader()
        .transactionCount(relayer.address(), BlockTag.Named.LATEST)
        .longValueExact();
  }

  private FacilitatorPlan plan(Lifecycle run, String asset) {
    return new FacilitatorPlan(
        run.start(() -> StateDirectory.open(folder.resolve("state"))),
        ProjectFolder.path().resolve(".earnest/postgresql"),
        Optional.empty(),
        List.of(chain.url()),
        relayers.stream().map(one -> new HostKey(one, Optional.empty())).toList(),
        List.of(asset),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Set.of(),
        new Finality.Depth(1),
        0,
        Set.of(),
        line -> {});
  }

  private FacilitatorRequest payment(int number) {
    ExactRequirements offer =
        new ExactRequirements(
            TokenAmount.of(token, 1), SELLER, Duration.ofMinutes(5), "USD Coin", "2");
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            buyer.address(),
            SELLER,
            BigInteger.ONE,
            BigInteger.ZERO,
            BigInteger.valueOf(Instant.now().plusSeconds(300).getEpochSecond()),
            new Hash32("0x%064x".formatted(number)));
    String signature = Hex.encode(buyer.sign(authorization.message(offer.domain())));
    PaymentRequired required =
        PaymentRequired.of(
            "Payment required",
            ResourceInfo.of("https://seller.example/quote", "a quote", "application/json"),
            List.of(offer.toWire()));
    return FacilitatorRequest.of(
        PaymentPayload.of(
            required, offer.toWire(), new ExactEvmPayload(signature, authorization).toJson()),
        offer.toWire());
  }
}
