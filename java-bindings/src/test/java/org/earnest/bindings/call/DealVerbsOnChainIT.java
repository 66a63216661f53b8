package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.bindings.call.Bazaar.BOND;
import static org.earnest.bindings.call.Bazaar.LATEST;
import static org.earnest.bindings.call.Bazaar.PRICE;
import static org.earnest.bindings.call.Bazaar.RETAINER;
import static org.earnest.bindings.call.Bazaar.STANDBY_BOND;
import static org.earnest.bindings.call.Bazaar.WORK;
import static org.earnest.bindings.call.Bazaar.events;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.call.Bazaar.Opened;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.RandomTerms;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.deal.Occupancy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every verb by signature, its typed data, its event and its money, against the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DealVerbsOnChainIT {
  private static final long SEED = 2026;
  private static final byte[] BY_SENDER = new byte[0];

  private Bazaar bazaar;

  @BeforeAll
  void begin() {
    bazaar = new Bazaar();
  }

  @AfterAll
  void end() {
    bazaar.close();
  }

  @Test
  void whatPartiesSignIsWhatTheContractAsksFor() {
    RandomTerms random = new RandomTerms(SEED);
    Opened on = bazaar.open(bazaar.arbiter.address());
    byte[] wrong = bazaar.stranger.sign(WORK);
    String seller = bazaar.seller.address().toString();
    String buyer = bazaar.buyer.address().toString();
    for (int i = 0; i < 20; i++) {
      Hash32 evidence = random.hash();
      Hash32 work = random.hash();
      assertThat(refusal(bazaar.deals.deliver(on.terms(), 0, work, "", wrong)))
          .isEqualTo(
              invalid(seller, bazaar.typed.deliver(on.id(), 0, work, bazaar.seller.address())));
      Division division =
          new Division(random.uint(128), random.uint(128), Bazaar.FAR.longValueExact() + i);
      assertThat(refusal(bazaar.deals.settle(on.terms(), 0, division, wrong, wrong)))
          .isEqualTo(
              invalid(
                  buyer,
                  bazaar.typed.settle(
                      on.id(), 0, LegState.ACTIVE, bazaar.seller.address(), division)));
      assertThat(refusal(bazaar.deals.dispute(on.terms(), 0, false, evidence, "", wrong)))
          .isEqualTo(invalid(seller, bazaar.typed.dispute(on.id(), 0, false, evidence)));
    }
    deliver(on, bazaar.seller);
    for (int i = 0; i < 20; i++) {
      Hash32 evidence = random.hash();
      for (boolean byClient : new boolean[] {true, false}) {
        assertThat(refusal(bazaar.deals.dispute(on.terms(), 0, byClient, evidence, "", wrong)))
            .isEqualTo(
                invalid(
                    byClient ? buyer : seller, bazaar.typed.dispute(on.id(), 0, true, evidence)));
      }
    }
    for (int rating = 0; rating <= 100; rating += 5) {
      assertThat(refusal(bazaar.deals.accept(on.terms(), 0, rating, wrong)))
          .isEqualTo(invalid(buyer, bazaar.typed.accept(on.id(), 0, rating)));
    }
    accept(on, DealEscrowCalls.NO_RATING);
    for (int rating = 0; rating <= 100; rating += 10) {
      for (boolean byClient : new boolean[] {true, false}) {
        assertThat(refusal(bazaar.deals.rate(on.terms(), 0, byClient, rating, wrong)))
            .isEqualTo(
                invalid(
                    byClient ? buyer : seller, bazaar.typed.rate(on.id(), 0, byClient, rating)));
      }
    }
  }

  @Test
  void aLegIsOfferedJoinedMissedAndTakenOver() {
    DealTerms terms = bazaar.terms(EvmAddress.ZERO, 3_000);
    DealId id = bazaar.typed.dealId(terms);
    bazaar.putBonds();
    TransactionReceipt offered =
        bazaar.send(
            bazaar.stranger,
            bazaar.deals.open(
                terms, List.of(BY_SENDER), List.of(BY_SENDER), bazaar.authorization(terms)));
    assertThat(events(offered))
        .contains(new DealEvent.Opened(id, bazaar.buyer.address(), BigInteger.ZERO, terms));
    assertThat(occupancy(id, terms).lapsesAfter()).contains(terms.head().joinBy());

    TransactionReceipt joined =
        bazaar.send(
            bazaar.stranger,
            bazaar
                .by(bazaar.seller)
                .join(terms, 0, bazaar.by(bazaar.standby).signatures().consent(terms)));
    assertThat(events(joined))
        .contains(
            new DealEvent.Joined(id, 0, bazaar.seller.address()),
            new DealEvent.Debited(bazaar.sandbox.token, bazaar.seller.address(), id, BOND),
            new DealEvent.Debited(
                bazaar.sandbox.token, bazaar.standby.address(), id, STANDBY_BOND));

    Opened on = new Opened(id, terms);
    byte[] wrong = bazaar.stranger.sign(WORK);
    bazaar.warp(Bazaar.DUE + Bazaar.GRACE + 10);
    assertThat(refusal(bazaar.deals.substitute(terms, 0, wrong)))
        .isEqualTo(invalid(bazaar.standby.address().toString(), bazaar.typed.substitute(id, 0)));
    TransactionReceipt taken =
        bazaar.send(bazaar.stranger, bazaar.by(bazaar.standby).substitute(terms, 0));
    Occupancy after = occupancy(id, terms);
    assertThat(after.occupant()).isEqualTo(bazaar.standby.address());
    assertThat(events(taken))
        .contains(new DealEvent.Substituted(id, bazaar.sellersAgent, 0, after.due(), BOND));
    assertThat(refusal(bazaar.deals.substitute(terms, 0, wrong)))
        .isEqualTo("NoStandby(0, " + bazaar.standby.address() + ")");

    BigInteger before = bazaar.balance(bazaar.standby);
    deliver(on, bazaar.standby);
    accept(on, 60);
    assertThat(bazaar.balance(bazaar.standby).subtract(before))
        .isEqualTo(PRICE.add(RETAINER).add(STANDBY_BOND));
    assertThat(
            bazaar
                .escrow
                .settled(bazaar.sellersAgent, 0, bazaar.sandbox.token, Bazaar.TAG, LATEST)
                .missed())
        .isPositive();
  }

  @Test
  void aDisputeIsRuledAndBothSidesRate() {
    Opened on = bazaar.open(bazaar.arbiter.address());
    deliver(on, bazaar.seller);
    TransactionReceipt disputed =
        bazaar.send(
            bazaar.stranger,
            bazaar.by(bazaar.buyer).dispute(on.terms(), 0, true, WORK, "ipfs://evidence"));
    LegStatus status = bazaar.escrow.legStatus(on.id(), 0, LATEST);
    assertThat(events(disputed))
        .containsExactly(
            new DealEvent.Disputed(
                on.id(),
                0,
                bazaar.buyer.address(),
                status.timestamp() + Bazaar.RULING,
                WORK,
                "ipfs://evidence"));

    TransactionReceipt ruled =
        bazaar.send(bazaar.arbiter, bazaar.deals.rule(on.terms(), 0, 2_500, 10_000, WORK));
    BigInteger fee = PRICE.multiply(BigInteger.valueOf(200)).divide(BigInteger.valueOf(10_000));
    BigInteger toPayee = PRICE.subtract(fee).shiftRight(2);
    assertThat(events(ruled))
        .contains(
            new DealEvent.Closed(
                on.id(),
                bazaar.sellersAgent,
                0,
                LegState.RULED,
                DealEscrowCalls.NO_RATING,
                0,
                toPayee,
                PRICE.subtract(fee).subtract(toPayee),
                BigInteger.ZERO,
                BigInteger.ZERO,
                fee,
                BigInteger.ZERO,
                bazaar.standby.address(),
                WORK));

    TransactionReceipt rated =
        bazaar.send(bazaar.stranger, bazaar.by(bazaar.buyer).rate(on.terms(), 0, 12));
    assertThat(events(rated))
        .containsExactly(new DealEvent.Rated(on.id(), bazaar.sellersAgent, 0, true, 12));
    TransactionReceipt back =
        bazaar.send(bazaar.stranger, bazaar.by(bazaar.seller).rate(on.terms(), 0, 3));
    assertThat(events(back))
        .containsExactly(new DealEvent.Rated(on.id(), bazaar.buyersAgent, 0, false, 3));
    assertThat(refusal(bazaar.deals.rate(on.terms(), 0, true, 12, BY_SENDER)))
        .isEqualTo("AlreadyRated(0, true)");
  }

  @Test
  void aLegIsSettledAsBothSigned() {
    Opened on = bazaar.open(EvmAddress.ZERO);
    assertThat(refusal(bazaar.deals.dispute(on.terms(), 0, false, WORK, "", BY_SENDER)))
        .isEqualTo("NoArbiter(" + on.id() + ")");
    Division greedy = new Division(PRICE.add(BigInteger.ONE), BOND, Bazaar.FAR.longValueExact());
    assertThat(refusal(settle(on, LegState.ACTIVE, greedy)))
        .isEqualTo("SettlementAboveAmount(0, %s, %s)".formatted(greedy.toPayee(), PRICE));
    Division bonded = new Division(PRICE, BOND.add(BigInteger.ONE), Bazaar.FAR.longValueExact());
    assertThat(refusal(settle(on, LegState.ACTIVE, bonded)))
        .isEqualTo("SettlementAboveBond(0, %s, %s)".formatted(bonded.bondBack(), BOND));
    BigInteger before = bazaar.balance(bazaar.seller);
    Division fair = new Division(BigInteger.TEN, BOND, Bazaar.FAR.longValueExact());
    ChainCall agreedBefore = settle(on, LegState.ACTIVE, fair);
    deliver(on, bazaar.seller);
    assertThat(refusal(agreedBefore)).startsWith("InvalidSignature(");
    TransactionReceipt settled = bazaar.send(bazaar.stranger, settle(on, LegState.DELIVERED, fair));
    assertThat(settled.succeeded()).isTrue();
    assertThat(bazaar.balance(bazaar.seller).subtract(before)).isEqualTo(BOND.add(BigInteger.TEN));
  }

  @Test
  void creditIsDepositedByAuthorizationAndPaysDeals() {
    RandomTerms random = new RandomTerms(SEED);
    EvmAddress account = bazaar.buyer.address();
    for (int i = 0; i < 5; i++) {
      BigInteger amount = random.uint(20).add(BigInteger.ONE);
      Hash32 salt = random.hash();
      TransactionReceipt deposited =
          bazaar.send(
              bazaar.stranger,
              bazaar.by(bazaar.buyer).deposit(bazaar.tokenDomain, amount, salt, Bazaar.FAR));
      assertThat(events(deposited))
          .contains(new DealEvent.Deposited(bazaar.sandbox.token, account, amount));
    }
    DealTerms terms = bazaar.terms(EvmAddress.ZERO, 0);
    DealId id = bazaar.typed.dealId(terms);
    bazaar.putBonds();
    bazaar.deposit(bazaar.buyer, terms.total());
    BigInteger before = bazaar.credit(account);
    TransactionReceipt opened =
        bazaar.send(bazaar.stranger, open(terms, bazaar.by(bazaar.buyer).credit(terms)));
    assertThat(events(opened))
        .contains(new DealEvent.Debited(bazaar.sandbox.token, account, id, terms.total()));
    assertThat(before.subtract(bazaar.credit(account))).isEqualTo(terms.total());
    assertThat(
            refusal(
                bazaar.deals.open(
                    bazaar.terms(EvmAddress.ZERO, 0),
                    List.of(BY_SENDER),
                    List.of(BY_SENDER),
                    new Funding.Credit())))
        .startsWith("CallerIsNotParty(");
  }

  @Test
  void aPermitAndASignatureFundADealThatAnybodySends() {
    DealTerms terms = bazaar.terms(EvmAddress.ZERO, 0);
    bazaar.putBonds();
    bazaar.send(bazaar.buyer, bazaar.tokens.approve(bazaar.sandbox.escrow, BigInteger.ZERO));
    SignedDealCalls buyer = bazaar.by(bazaar.buyer);
    assertThat(refusal(open(terms, buyer.allowance(terms)))).contains("Allowance");
    BigInteger nonce = bazaar.balances.permitNonce(bazaar.buyer.address(), LATEST);
    Funding funding = buyer.allowance(terms, bazaar.tokenDomain, nonce, Bazaar.FAR);
    assertThat(bazaar.send(bazaar.stranger, open(terms, funding)).succeeded()).isTrue();
  }

  @Test
  void bondsThatCreditDoesNotCoverAreRefused() {
    DealTerms terms = bazaar.terms(EvmAddress.ZERO, 0);
    EvmAddress seller = bazaar.seller.address();
    if (bazaar.credit(seller).signum() != 0) {
      bazaar.send(bazaar.seller, bazaar.deals.withdraw(bazaar.sandbox.token, seller));
    }
    assertThat(refusal(open(terms, bazaar.authorization(terms))))
        .isEqualTo(
            "InsufficientCredit(%s, %s, 0, %s)".formatted(bazaar.sandbox.token, seller, BOND));
  }

  private ChainCall open(DealTerms terms, Funding funding) {
    return bazaar.deals.open(
        terms,
        List.of(bazaar.by(bazaar.seller).signatures().consent(terms)),
        List.of(bazaar.by(bazaar.standby).signatures().consent(terms)),
        funding);
  }

  private ChainCall settle(Opened on, LegState state, Division division) {
    EvmAddress occupant = bazaar.seller.address();
    byte[] sellers =
        bazaar.by(bazaar.seller).signatures().settle(on.terms(), 0, state, occupant, division);
    return bazaar.by(bazaar.buyer).settle(on.terms(), 0, state, occupant, division, sellers);
  }

  private void deliver(Opened on, LocalSigner by) {
    assertThat(
            bazaar
                .send(bazaar.stranger, bazaar.by(by).deliver(on.terms(), 0, WORK, "ipfs://w"))
                .succeeded())
        .isTrue();
  }

  private void accept(Opened on, int rating) {
    assertThat(
            bazaar
                .send(bazaar.stranger, bazaar.by(bazaar.buyer).accept(on.terms(), 0, rating))
                .succeeded())
        .isTrue();
  }

  private Occupancy occupancy(DealId id, DealTerms terms) {
    return new Occupancy(
        terms.head(), terms.legs().getFirst(), bazaar.escrow.legStatus(id, 0, LATEST));
  }

  private String refusal(ChainCall call) {
    return bazaar.refusal(call);
  }

  private static String invalid(String party, Hash32 digest) {
    return "InvalidSignature(%s, %s)".formatted(party, digest);
  }
}
