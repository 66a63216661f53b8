package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.chain.Sandbox;
import org.earnest.bindings.eip712.AgentWalletSet;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.RandomTerms;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.bindings.event.ContractEvent;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.bindings.event.TokenEvent;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calldata, typed data, events, errors and readings against the contracts themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DealOnChainIT {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final BigInteger PRICE = BigInteger.valueOf(2_500_000);
  private static final Hash32 TAG = new Hash32("0x" + "7a".repeat(32));
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));
  private static final BigInteger FAR = BigInteger.valueOf(4_000_000_000L);
  private static final long SEED = 8004;

  private Sandbox sandbox;
  private EvmAddress buyer;
  private EvmAddress seller;
  private DealEscrowCalls deals;
  private DealEscrowReads escrow;
  private TokenCalls tokens;
  private TokenReads balances;
  private DealTypedData typed;
  private BigInteger sellersAgent;

  @BeforeAll
  void begin() {
    sandbox = new Sandbox();
    buyer = sandbox.buyer.address();
    seller = sandbox.seller.address();
    deals = new DealEscrowCalls(sandbox.escrow);
    escrow = new DealEscrowReads(sandbox.chain, sandbox.escrow);
    tokens = new TokenCalls(sandbox.token);
    balances = new TokenReads(sandbox.chain, sandbox.token);
    typed = new DealTypedData(sandbox.chain.chainId(), sandbox.escrow);
    sandbox.send(buyer, tokens.mint(buyer, BigInteger.valueOf(1_000_000_000)));
    sellersAgent = register(seller, "https://seller.example/agent.json");
  }

  @AfterAll
  void end() {
    sandbox.close();
  }

  @Test
  void javaAndTheContractGiveTheSameDealId() {
    RandomTerms random = new RandomTerms(SEED);
    for (int i = 0; i < 60; i++) {
      DealTerms terms = random.next(1 + i % 6);
      assertThat(typed.dealId(terms)).as("seed %d", SEED).isEqualTo(escrow.dealId(terms, LATEST));
    }
  }

  @Test
  void aDealRunsFromSignaturesToItsRecord() {
    DealTerms terms = terms(1);
    DealId deal = typed.dealId(terms);
    BigInteger before = balances.balance(seller, LATEST);

    TransactionReceipt opened = open(terms);
    assertThat(events(opened))
        .contains(new DealEvent.Opened(deal, buyer, BigInteger.ONE, terms))
        .contains(new TokenEvent.AuthorizationUsed(buyer, deal.digest()))
        .contains(new TokenEvent.Transferred(buyer, sandbox.escrow, PRICE));
    assertThat(escrow.legStatus(deal, 0, LATEST).state()).isEqualTo(LegState.ACTIVE);

    byte[] handover = sandbox.seller.sign(typed.deliver(deal, 0, WORK, seller));
    TransactionReceipt delivered =
        sandbox.send(buyer, deals.deliver(terms, 0, WORK, "https://seller.example/w", handover));
    assertThat(events(delivered))
        .containsExactly(
            new DealEvent.Delivered(deal, 0, seller, 0, WORK, "https://seller.example/w"));

    byte[] approval = sandbox.buyer.sign(typed.accept(deal, 0, 97));
    TransactionReceipt accepted = sandbox.send(seller, deals.accept(terms, 0, 97, approval));
    assertThat(events(accepted))
        .filteredOn(DealEvent.Closed.class::isInstance)
        .singleElement()
        .isEqualTo(
            new DealEvent.Closed(
                deal,
                sellersAgent,
                0,
                LegState.ACCEPTED,
                97,
                0,
                PRICE,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                EvmAddress.ZERO,
                Hash32.ZERO));
    assertThat(escrow.legStatus(deal, 0, LATEST).clientRated()).isTrue();
    assertThat(balances.balance(seller, LATEST).subtract(before)).isEqualTo(PRICE);
    assertThat(escrow.settled(sellersAgent, 0, sandbox.token, TAG, LATEST).closed()).isPositive();
    assertThat(refusal(buyer, deals.accept(terms, 0, 97, approval))).isEqualTo("WrongState(5, 3)");
  }

  @Test
  void refusalsComeByNameAndArguments() {
    DealTerms terms = terms(2);
    DealId deal = typed.dealId(terms);

    assertThat(refusal(buyer, deals.deliver(terms, 0, WORK, "", new byte[0])))
        .isEqualTo("WrongState(0, 2)");
    assertThat(refusal(buyer, deals.withdraw(sandbox.token, buyer)))
        .isEqualTo("NoCredit(" + sandbox.token + ", " + buyer + ")");
    assertThat(refusal(seller, tokens.transfer(buyer, FAR.pow(4))))
        .isEqualTo("InsufficientBalance()");
    byte[] stranger = sandbox.buyer.sign(deal.digest());
    assertThat(refusal(buyer, deals.open(terms, List.of(stranger), authorization(deal))))
        .isEqualTo("InvalidSignature(" + seller + ", " + deal + ")");
    AgentWalletSet consent =
        new AgentWalletSet(sellersAgent, buyer, seller, BigInteger.valueOf(sandbox.now() + 60));
    assertThat(
            refusal(
                seller,
                new IdentityRegistryCalls(sandbox.identity).setAgentWallet(consent, new byte[65])))
        .isEqualTo("invalid wallet sig");
  }

  @Test
  void anAllowanceFundsADealOfTheSendersOwn() {
    DealTerms terms = terms(3);
    DealId deal = typed.dealId(terms);
    byte[] consent = sandbox.seller.sign(deal.digest());
    sandbox.send(buyer, tokens.approve(sandbox.escrow, PRICE));
    assertThat(balances.allowance(buyer, sandbox.escrow, LATEST)).isEqualTo(PRICE);

    TransactionReceipt opened =
        sandbox.send(buyer, deals.open(terms, List.of(consent), new Funding.Allowance()));

    assertThat(opened.succeeded()).isTrue();
    assertThat(balances.allowance(buyer, sandbox.escrow, LATEST)).isZero();
  }

  @Test
  void authorizationsMoveTokensOnce() {
    Eip712Domain domain =
        new Eip712Domain(
            balances.name(LATEST).orElseThrow(),
            balances.version(LATEST).orElseThrow(),
            sandbox.chain.chainId(),
            sandbox.token);
    assertThat(balances.domainSeparator(LATEST)).contains(domain.separator());
    TransferWithAuthorization transfer =
        new TransferWithAuthorization(buyer, seller, BigInteger.TWO, BigInteger.ZERO, FAR, WORK);
    ChainCall call =
        tokens.transferWithAuthorization(transfer, sandbox.buyer.sign(transfer.digest(domain)));

    assertThat(balances.authorizationUsed(buyer, WORK, LATEST)).isFalse();
    assertThat(events(sandbox.send(seller, call)))
        .contains(new TokenEvent.AuthorizationUsed(buyer, WORK))
        .contains(new TokenEvent.Transferred(buyer, seller, BigInteger.TWO));
    assertThat(balances.authorizationUsed(buyer, WORK, LATEST)).isTrue();
    assertThat(sandbox.send(seller, call).succeeded()).isFalse();
  }

  @Test
  void anAgentsLifeIsReadBackFromItsEvents() {
    IdentityRegistryCalls calls = new IdentityRegistryCalls(sandbox.identity);
    IdentityRegistryReads reads = new IdentityRegistryReads(sandbox.chain, sandbox.identity);
    BigInteger agent = register(buyer, "https://buyer.example/agent.json");

    assertThat(reads.owner(agent, LATEST)).contains(buyer);
    assertThat(reads.agentUri(agent, LATEST)).contains("https://buyer.example/agent.json");
    assertThat(reads.authorized(seller, agent, LATEST)).contains(false);
    assertThat(reads.owner(FAR, LATEST)).isEmpty();
    assertThat(events(sandbox.send(buyer, calls.setAgentUri(agent, "ipfs://x"))))
        .contains(new IdentityEvent.UriUpdated(agent, "ipfs://x", buyer));
    assertThat(events(sandbox.send(buyer, calls.setMetadata(agent, "k", new byte[] {1, 2}))))
        .containsExactly(new IdentityEvent.MetadataSet(agent, "k", "0x0102"));
    assertThat(reads.metadata(agent, "k", LATEST)).containsExactly(1, 2);

    AgentWalletSet consent =
        new AgentWalletSet(agent, seller, buyer, BigInteger.valueOf(sandbox.now() + 200));
    byte[] signature =
        sandbox.seller.sign(consent.digest(sandbox.chain.chainId(), sandbox.identity));
    sandbox.send(buyer, calls.setAgentWallet(consent, signature));
    assertThat(reads.binding(agent, LATEST))
        .isEqualTo(new IdentityRegistryReads.AgentBinding(seller, 0));

    assertThat(events(sandbox.send(buyer, calls.transferFrom(buyer, seller, agent))))
        .contains(new IdentityEvent.AgentTransferred(buyer, seller, agent));
    assertThat(reads.binding(agent, LATEST))
        .isEqualTo(new IdentityRegistryReads.AgentBinding(EvmAddress.ZERO, 1));
  }

  @Test
  void feedbackIsReadBackFromItsEvents() {
    ReputationRegistryCalls calls = new ReputationRegistryCalls(sandbox.reputation);
    ReputationRegistryReads reads = new ReputationRegistryReads(sandbox.chain, sandbox.reputation);
    var feedback =
        new ReputationRegistryCalls.Feedback(
            BigInteger.valueOf(-425), 2, "quality", "api", "/quote", "ipfs://f", WORK);

    assertThat(events(sandbox.send(buyer, calls.giveFeedback(sellersAgent, feedback))))
        .containsExactly(
            new FeedbackEvent.NewFeedback(
                sellersAgent,
                buyer,
                1,
                BigInteger.valueOf(-425),
                2,
                "quality",
                "api",
                "/quote",
                "ipfs://f",
                WORK));
    assertThat(reads.lastIndex(sellersAgent, buyer, LATEST)).isEqualTo(1);
    assertThat(reads.summary(sellersAgent, List.of(buyer), "", "", LATEST))
        .isEqualTo(new ReputationRegistryReads.Summary(1, BigInteger.valueOf(-425), 2));
    assertThat(
            events(sandbox.send(seller, calls.appendResponse(sellersAgent, buyer, 1, "u", WORK))))
        .containsExactly(
            new FeedbackEvent.ResponseAppended(sellersAgent, buyer, 1, seller, "u", WORK));
    assertThat(events(sandbox.send(buyer, calls.revokeFeedback(sellersAgent, 1))))
        .containsExactly(new FeedbackEvent.FeedbackRevoked(sellersAgent, buyer, 1));
  }

  private BigInteger register(EvmAddress owner, String uri) {
    TransactionReceipt receipt =
        sandbox.send(owner, new IdentityRegistryCalls(sandbox.identity).register(uri, Map.of()));
    return events(receipt).stream()
        .filter(IdentityEvent.Registered.class::isInstance)
        .map(IdentityEvent.Registered.class::cast)
        .findFirst()
        .orElseThrow()
        .agentId();
  }

  private TransactionReceipt open(DealTerms terms) {
    DealId deal = typed.dealId(terms);
    byte[] consent = sandbox.seller.sign(deal.digest());
    return sandbox.send(seller, deals.open(terms, List.of(consent), authorization(deal)));
  }

  private Funding authorization(DealId deal) {
    Eip712Domain domain = new Eip712Domain("USD Coin", "2", sandbox.chain.chainId(), sandbox.token);
    ReceiveWithAuthorization pay =
        new ReceiveWithAuthorization(
            buyer, sandbox.escrow, PRICE, BigInteger.ZERO, FAR, deal.digest());
    return new Funding.Authorization(BigInteger.ZERO, FAR, sandbox.buyer.sign(pay.digest(domain)));
  }

  private String refusal(EvmAddress from, ChainCall call) {
    CallOutcome outcome =
        sandbox.chain.call(
            new ChainCall(java.util.Optional.of(from), call.to(), call.data()), LATEST);
    assertThat(outcome).isInstanceOf(CallOutcome.Reverted.class);
    return RevertDecoder.decode(((CallOutcome.Reverted) outcome).data()).toString();
  }

  /** Events of the receipt; each log of the house's contracts must be one, or of ERC-721's rest. */
  private static List<ContractEvent> events(TransactionReceipt receipt) {
    assertThat(receipt.succeeded()).isTrue();
    return receipt.logs().stream()
        .map(EventDecoder::decode)
        .filter(decoding -> !(decoding instanceof Decoding.Unrecognised))
        .map(decoding -> ((Decoding.Decoded) decoding).event())
        .toList();
  }

  private DealTerms terms(int salt) {
    Head head =
        new Head(
            buyer,
            BigInteger.ZERO,
            0,
            sandbox.token,
            EvmAddress.ZERO,
            0,
            0,
            0,
            EvmAddress.ZERO,
            0,
            sandbox.now() + 3600,
            0,
            new Hash32("0x" + "%064x".formatted(salt)));
    Leg leg =
        new Leg(
            seller,
            sellersAgent,
            0,
            TAG,
            PRICE,
            BigInteger.ZERO,
            BigInteger.ZERO,
            sandbox.now() + 7200,
            3600,
            3600,
            10_000,
            WORK,
            EvmAddress.ZERO,
            BigInteger.ZERO,
            0,
            BigInteger.ZERO,
            BigInteger.ZERO,
            0,
            0);
    return new DealTerms(head, List.of(leg));
  }
}
