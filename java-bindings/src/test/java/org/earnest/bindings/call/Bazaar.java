package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.chain.Sandbox;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.event.ContractEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.IdentityEvent;
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

/** Parties with money, credit and agents, and deals that use everything that terms can say. */
final class Bazaar implements AutoCloseable {
  static final BlockTag LATEST = BlockTag.Named.LATEST;
  static final BigInteger PRICE = BigInteger.valueOf(2_500_000);
  static final BigInteger BOND = BigInteger.valueOf(500_001);
  static final BigInteger RETAINER = BigInteger.valueOf(70_000);
  static final BigInteger STANDBY_BOND = BigInteger.valueOf(90_000);
  static final Hash32 TAG = new Hash32("0x" + "7a".repeat(32));
  static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));
  static final BigInteger FAR = BigInteger.valueOf(4_000_000_000L);
  static final long DUE = 7_200;
  static final long GRACE = 3_600;
  static final long REVIEW = 3_600;
  static final long WINDOW = 1_000;
  static final long STANDBY_TIME = 5_000;
  static final long RULING = 9_000;
  private static final BigInteger PURSE = BigInteger.valueOf(1_000_000_000);

  final Sandbox sandbox = new Sandbox();
  final LocalSigner buyer = sandbox.buyer;
  final LocalSigner seller = sandbox.seller;
  final LocalSigner standby =
      LocalSigner.of("0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a");
  final LocalSigner arbiter =
      LocalSigner.of("0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6");
  final LocalSigner stranger =
      LocalSigner.of("0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a");
  final DealEscrowCalls deals = new DealEscrowCalls(sandbox.escrow);
  final DealEscrowReads escrow = new DealEscrowReads(sandbox.chain, sandbox.escrow);
  final TokenCalls tokens = new TokenCalls(sandbox.token);
  final TokenReads balances = new TokenReads(sandbox.chain, sandbox.token);
  final DealTypedData typed = new DealTypedData(sandbox.chain.chainId(), sandbox.escrow);
  final Eip712Domain tokenDomain =
      new Eip712Domain("USD Coin", "2", sandbox.chain.chainId(), sandbox.token);
  final BigInteger buyersAgent = register(buyer);
  final BigInteger sellersAgent = register(seller);
  final BigInteger standbysAgent = register(standby);
  private long salt;

  Bazaar() {
    for (LocalSigner party : List.of(buyer, seller, standby)) {
      send(party, tokens.mint(party.address(), PURSE));
      send(party, tokens.approve(sandbox.escrow, PURSE));
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }

  /** A deal that is open or offered, as its terms say. */
  record Opened(DealId id, DealTerms terms) {}

  /** Opens a deal by everybody's signatures; bonds are put in before. */
  Opened open(EvmAddress judge) {
    DealTerms terms = terms(judge, 0);
    putBonds();
    assertThat(openAll(terms).succeeded()).isTrue();
    return new Opened(typed.dealId(terms), terms);
  }

  TransactionReceipt openAll(DealTerms terms) {
    return send(
        stranger,
        deals.open(
            terms,
            List.of(by(seller).signatures().consent(terms)),
            List.of(by(standby).signatures().consent(terms)),
            authorization(terms)));
  }

  void putBonds() {
    deposit(seller, BOND);
    deposit(standby, STANDBY_BOND);
  }

  TransactionReceipt deposit(LocalSigner party, BigInteger amount) {
    return send(
        party,
        deals.deposit(
            sandbox.token, party.address(), amount, Hash32.ZERO, new Funding.Allowance()));
  }

  Funding authorization(DealTerms terms) {
    return by(buyer).authorization(terms, tokenDomain, BigInteger.ZERO, FAR);
  }

  SignedDealCalls by(LocalSigner party) {
    return new SignedDealCalls(sandbox.chain.chainId(), sandbox.escrow, party);
  }

  TransactionReceipt send(LocalSigner from, ChainCall call) {
    return sandbox.send(from.address(), call);
  }

  String refusal(ChainCall call) {
    CallOutcome outcome =
        sandbox.chain.call(
            new ChainCall(Optional.of(stranger.address()), call.to(), call.data()), LATEST);
    assertThat(outcome).isInstanceOf(CallOutcome.Reverted.class);
    return RevertDecoder.decode(((CallOutcome.Reverted) outcome).data()).toString();
  }

  BigInteger balance(LocalSigner party) {
    return balances.balance(party.address(), LATEST);
  }

  BigInteger credit(EvmAddress party) {
    return escrow.credit(sandbox.token, party, LATEST);
  }

  void warp(long seconds) {
    sandbox.rpc.require("evm_increaseTime", seconds);
    sandbox.rpc.require("evm_mine");
  }

  /** What the house's contracts say in a receipt. */
  static List<ContractEvent> events(TransactionReceipt receipt) {
    assertThat(receipt.succeeded()).isTrue();
    return receipt.logs().stream()
        .map(EventDecoder::decode)
        .filter(decoding -> !(decoding instanceof Decoding.Unrecognised))
        .map(decoding -> ((Decoding.Decoded) decoding).event())
        .toList();
  }

  DealTerms terms(EvmAddress judge, long joinFor) {
    long now = sandbox.now();
    Head head =
        new Head(
            buyer.address(),
            buyersAgent,
            0,
            sandbox.token,
            judge,
            judge.isZero() ? 0 : RULING,
            judge.isZero() ? 0 : 5_000,
            judge.isZero() ? 0 : 200,
            EvmAddress.ZERO,
            0,
            now + 3_600,
            joinFor == 0 ? 0 : now + joinFor,
            new Hash32("0x%064x".formatted(++salt)));
    Leg leg =
        new Leg(
            seller.address(),
            sellersAgent,
            0,
            TAG,
            PRICE,
            BOND,
            BOND,
            now + DUE,
            GRACE,
            REVIEW,
            10_000,
            WORK,
            standby.address(),
            standbysAgent,
            0,
            RETAINER,
            STANDBY_BOND,
            WINDOW,
            STANDBY_TIME);
    return new DealTerms(head, List.of(leg));
  }

  private BigInteger register(LocalSigner owner) {
    TransactionReceipt receipt =
        send(
            owner,
            new IdentityRegistryCalls(sandbox.identity).register("https://x.example", Map.of()));
    return events(receipt).stream()
        .filter(IdentityEvent.Registered.class::isInstance)
        .map(event -> ((IdentityEvent.Registered) event).agentId())
        .findFirst()
        .orElseThrow();
  }
}
