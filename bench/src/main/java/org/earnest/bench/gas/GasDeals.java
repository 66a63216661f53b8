package org.earnest.bench.gas;

import static org.earnest.bench.gas.GasStage.ARBITER;
import static org.earnest.bench.gas.GasStage.CLIENT;
import static org.earnest.bench.gas.GasStage.STANDBY;
import static org.earnest.bench.gas.GasStage.STRANGER;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.DealTermsBuilder;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegBuilder;
import org.earnest.core.deal.LegState;

/** Deals in one token, and the escrow's verbs as whoever may sends them. */
final class GasDeals {
  static final Hash32 TAG = ascii("translation");

  static final Hash32 EVIDENCE = Keccak256.hash("evidence");
  static final BigInteger PRICE = BigInteger.valueOf(100_000_000);
  static final String EVIDENCE_URI = "ipfs://evidence";
  static final byte[] BY_SENDER = {};

  private static final Hash32 DELIVERABLE = Keccak256.hash("a deliverable");
  private static final BigInteger DUST = BigInteger.ONE;
  private static final BigInteger RETAINER = BigInteger.valueOf(30);
  private static final BigInteger STANDBY_BOND = BigInteger.valueOf(40);
  private static final Duration OPEN_FOR = Duration.ofHours(1);
  private static final Duration DUE_IN = Duration.ofDays(1);
  private static final Duration FAR = Duration.ofDays(365);

  final GasStage stage;
  final Eip712Domain token;
  final DealEscrowCalls calls;
  private long documents;

  /** Those of a token of which the escrow and the payee hold some already. */
  GasDeals(GasStage stage, Eip712Domain token) {
    this.stage = stage;
    this.token = token;
    this.calls = new DealEscrowCalls(stage.escrow);
    stage.mint(token, stage.escrow, DUST);
    stage.mint(token, GasStage.PAYEE, DUST);
  }

  EvmAddress asset() {
    return token.verifyingContract();
  }

  /** What keeps a balance from becoming 0, whose refund of gas would come only once. */
  void dust(LocalSigner account) {
    stage.mint(token, account, DUST);
  }

  // --- terms ---

  DealTerms terms(UnaryOperator<DealTermsBuilder> head, List<LocalSigner> payees, Legs agreement) {
    Instant now = Instant.ofEpochSecond(stage.chain.now());
    DealTermsBuilder terms =
        head.apply(
            DealTerms.with(CLIENT.address())
                .in(asset())
                .openBy(now.plus(OPEN_FOR))
                .document(Keccak256.hash("document " + ++documents)));
    for (int i = 0; i < payees.size(); i++) {
      int index = i;
      terms.leg(payees.get(i).address(), leg -> agreement.write(index, plain(leg, now)));
    }
    return terms.build(stage.escrow, now);
  }

  /** What a leg of a deal says more than the plain one. */
  interface Legs {
    void write(int index, LegBuilder leg);
  }

  /** Terms of one leg. */
  DealTerms terms(UnaryOperator<DealTermsBuilder> head, Consumer<LegBuilder> agreement) {
    return terms(head, List.of(GasStage.PAYEE), (index, leg) -> agreement.accept(leg));
  }

  /** An arbiter who takes 5 % and has three days. */
  static DealTermsBuilder arbitrated(DealTermsBuilder head, EvmAddress arbiter) {
    return head.judgedBy(arbiter, Duration.ofDays(3), 4_000).arbiterFee(500);
  }

  /** A bond of half of the price, and a standby with one of its own. */
  static LegBuilder backed(LegBuilder leg) {
    return leg.bond(PRICE.shiftRight(1))
        .standby(
            STANDBY.address(), RETAINER, STANDBY_BOND, Duration.ofHours(2), Duration.ofHours(12));
  }

  private static LegBuilder plain(LegBuilder leg, Instant now) {
    return leg.tag(TAG)
        .amount(PRICE)
        .due(now.plus(DUE_IN))
        .grace(Duration.ofHours(1), BigInteger.ZERO)
        .review(Duration.ofDays(2), BasisPoints.WHOLE)
        .criteria(Keccak256.hash("criteria"));
  }

  // --- verbs ---

  /** Opens by the client's EIP-3009 authorization and every party's signature; a stranger sends. */
  Spent open(DealTerms terms, List<LocalSigner> payees) {
    stage.mint(token, CLIENT, terms.total());
    List<byte[]> consents = new ArrayList<>();
    List<byte[]> standbys = new ArrayList<>();
    for (int i = 0; i < payees.size(); i++) {
      consents.add(consent(payees.get(i), terms));
      if (terms.legs().get(i).standby().equals(STANDBY.address())) {
        standbys.add(consent(STANDBY, terms));
      }
      putBond(payees.get(i), terms.legs().get(i).bond());
      putBond(STANDBY, terms.legs().get(i).standbyBond());
    }
    return stage.send(STRANGER, calls.open(terms, consents, standbys, authorization(terms)));
  }

  Spent open(DealTerms terms) {
    return open(terms, List.of(GasStage.PAYEE));
  }

  Funding authorization(DealTerms terms) {
    return stage.by(CLIENT).authorization(terms, token, BigInteger.ZERO, far());
  }

  /** A deposit by EIP-3009, which a stranger sends. */
  Spent deposit(LocalSigner account, BigInteger amount, String salt) {
    stage.mint(token, account, amount);
    ChainCall call = stage.by(account).deposit(token, amount, ascii(salt), far());
    return stage.send(STRANGER, call);
  }

  Spent deliver(DealTerms terms, int leg, LocalSigner by, String uri) {
    return stage.send(by, calls.deliver(terms, leg, DELIVERABLE, uri, BY_SENDER));
  }

  Spent accept(DealTerms terms, int rating) {
    return stage.send(CLIENT, calls.accept(terms, 0, rating, BY_SENDER));
  }

  Spent dispute(DealTerms terms) {
    return stage.send(CLIENT, calls.dispute(terms, 0, true, EVIDENCE, "", BY_SENDER));
  }

  Spent rule(DealTerms terms) {
    return stage.send(ARBITER, calls.rule(terms, 0, 6_000, BasisPoints.WHOLE, ascii("reason")));
  }

  /** The client settles with what the payee signed, while it is at work. */
  Spent settle(DealTerms terms, BigInteger toPayee) {
    EvmAddress payee = GasStage.PAYEE.address();
    Division division = new Division(toPayee, BigInteger.ZERO, stage.chain.now() + 60);
    byte[] agreed =
        stage.by(GasStage.PAYEE).signatures().settle(terms, 0, LegState.ACTIVE, payee, division);
    return stage.send(CLIENT, calls.settle(terms, 0, division, BY_SENDER, agreed));
  }

  Spent lapse(DealTerms terms) {
    return stage.send(STRANGER, calls.lapse(terms, 0));
  }

  /** Lets the chain's clock pass a second. */
  void pass(long second) {
    stage.chain.node().warpTo(second + 1);
  }

  long missed(DealTerms terms) {
    return terms.legs().getFirst().due() + terms.legs().getFirst().grace();
  }

  byte[] consent(LocalSigner party, DealTerms terms) {
    return stage.by(party).signatures().consent(terms);
  }

  /** Words as Solidity packs them: what is left of 32 bytes is zero. */
  static Hash32 ascii(String words) {
    byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
    return Hash32.of(Arrays.copyOf(bytes, 32));
  }

  private void putBond(LocalSigner party, BigInteger bond) {
    if (bond.signum() > 0) {
      deposit(party, bond, "bond " + documents);
    }
  }

  private BigInteger far() {
    return BigInteger.valueOf(stage.chain.now() + FAR.toSeconds());
  }
}
