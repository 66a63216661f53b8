package org.earnest.reputation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.call.SignedDealCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.Occupancy;

/** One deal, brought to its end by verbs at random: every verb and every end is within reach. */
final class RandomDeal {
  static final long DUE = 1_000;
  static final long GRACE = 500;
  static final long REVIEW = 600;
  static final long WINDOW = 400;
  static final long STANDBY_TIME = 1_000;
  static final long RULING = 9_000;
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final BigInteger FAR = BigInteger.valueOf(40_000_000_000L);
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));
  private static final byte[] BY_SENDER = new byte[0];

  private final Sandbox sandbox;
  private final Random random;
  private final DealTerms terms;
  private final EvmAddress arbiter;
  private final Map<EvmAddress, LocalSigner> keys;
  private final EvmAddress buyer;
  private final DealEscrowCalls deals;
  private final DealEscrowReads escrow;
  private final DealId id;

  RandomDeal(
      Sandbox sandbox,
      Random random,
      DealTerms terms,
      EvmAddress arbiter,
      Map<EvmAddress, LocalSigner> keys) {
    this.sandbox = sandbox;
    this.random = random;
    this.terms = terms;
    this.arbiter = arbiter;
    this.keys = keys;
    this.buyer = sandbox.buyer.address();
    EvmAddress address = sandbox.escrow();
    this.deals = new DealEscrowCalls(address);
    this.escrow = new DealEscrowReads(sandbox.chain, address);
    this.id = new DealTypedData(sandbox.chain.chainId(), address).dealId(terms);
  }

  void play() {
    long begun = sandbox.now();
    open();
    some(LegState.OFFERED, this::join);
    work();
    until(begun + DUE + 1 + random.nextLong(GRACE / 2));
    work();
    until(begun + DUE + GRACE + WINDOW / 2);
    some(LegState.ACTIVE, this::substitute);
    work();
    some(LegState.DISPUTED, this::rule);
    sandbox.warp(STANDBY_TIME + GRACE + REVIEW);
    everywhere(this::lapse);
    some(LegState.DISPUTED, this::rule);
    sandbox.warp(RULING);
    everywhere(this::lapse);
    everywhere(this::rate);
  }

  private void work() {
    some(LegState.ACTIVE, this::deliver);
    some(LegState.DELIVERED, this::dispute);
    some(LegState.DELIVERED, this::accept);
    some(LegState.DELIVERED, this::settle);
    some(LegState.ACTIVE, (leg, on) -> onceIn(4, () -> dispute(leg, on)));
    some(LegState.ACTIVE, (leg, on) -> onceIn(4, () -> settle(leg, on)));
  }

  private void open() {
    Eip712Domain domain = new Eip712Domain("USD Coin", "2", sandbox.chain.chainId(), sandbox.token);
    boolean all = terms.head().joinBy() == 0;
    List<byte[]> payees = new ArrayList<>();
    List<byte[]> standbys = new ArrayList<>();
    for (Leg leg : terms.legs()) {
      boolean signs = all || random.nextBoolean();
      payees.add(signs ? sign(leg.payee()) : BY_SENDER);
      put(leg.payee(), leg.bond());
      if (!leg.standby().isZero()) {
        standbys.add(signs ? sign(leg.standby()) : BY_SENDER);
        put(leg.standby(), leg.standbyBond());
      }
    }
    sandbox.send(
        arbiter,
        deals.open(
            terms, payees, standbys, by(buyer).authorization(terms, domain, BigInteger.ZERO, FAR)));
  }

  private byte[] sign(EvmAddress party) {
    return by(party).signatures().consent(terms);
  }

  private SignedDealCalls by(EvmAddress party) {
    return new SignedDealCalls(sandbox.chain.chainId(), sandbox.escrow(), key(party));
  }

  private LocalSigner key(EvmAddress party) {
    return keys.getOrDefault(party, sandbox.buyer);
  }

  private void put(EvmAddress party, BigInteger bond) {
    TokenCalls token = new TokenCalls(sandbox.token);
    sandbox.send(party, token.mint(party, bond));
    sandbox.send(party, token.approve(sandbox.escrow(), bond));
    sandbox.send(
        party, deals.deposit(sandbox.token, party, bond, Hash32.ZERO, new Funding.Allowance()));
  }

  private void join(int leg, Occupancy on) {
    byte[] standby = on.leg().standby().isZero() ? BY_SENDER : sign(on.leg().standby());
    sandbox.send(arbiter, deals.join(terms, leg, sign(on.leg().payee()), standby));
  }

  private void deliver(int leg, Occupancy on) {
    if (sandbox.now() + REVIEW / 10 < on.deliverBy()) {
      sandbox.send(on.occupant(), deals.deliver(terms, leg, WORK, "ipfs://w", BY_SENDER));
    }
  }

  private void substitute(int leg, Occupancy on) {
    if (on.callable()) {
      sandbox.send(on.leg().standby(), deals.substitute(terms, leg, BY_SENDER));
    }
  }

  private void accept(int leg, Occupancy on) {
    int rating = random.nextInt(4) == 0 ? DealEscrowCalls.NO_RATING : random.nextInt(101);
    sandbox.send(buyer, deals.accept(terms, leg, rating, BY_SENDER));
  }

  private void dispute(int leg, Occupancy on) {
    boolean active = on.status().state() == LegState.ACTIVE;
    long deadline = active ? on.deliverBy() : on.reviewBy();
    if (!terms.head().arbiter().isZero() && sandbox.now() + REVIEW / 10 < deadline) {
      boolean byClient = !active && random.nextBoolean();
      EvmAddress by = byClient ? buyer : on.occupant();
      sandbox.send(by, deals.dispute(terms, leg, byClient, WORK, "ipfs://e", BY_SENDER));
    }
  }

  private void rule(int leg, Occupancy on) {
    sandbox.send(
        arbiter, deals.rule(terms, leg, random.nextInt(10_001), random.nextInt(10_001), WORK));
  }

  private void settle(int leg, Occupancy on) {
    Division division =
        new Division(
            on.leg().amount().shiftRight(random.nextInt(4)),
            on.bond().shiftRight(random.nextInt(4)),
            FAR.longValueExact());
    byte[] signature =
        by(on.occupant())
            .signatures()
            .settle(terms, leg, on.status().state(), on.occupant(), division);
    sandbox.send(buyer, deals.settle(terms, leg, division, BY_SENDER, signature));
  }

  private void lapse(int leg, Occupancy on) {
    if (on.lapsesAfter().filter(after -> after < sandbox.now()).isPresent()) {
      sandbox.send(arbiter, deals.lapse(terms, leg));
    }
  }

  private void rate(int leg, Occupancy on) {
    boolean closed = on.status().state().terminal() && on.status().state() != LegState.WITHDRAWN;
    if (closed && !on.status().clientRated() && random.nextBoolean()) {
      sandbox.send(buyer, deals.rate(terms, leg, true, random.nextInt(101), BY_SENDER));
    }
    if (closed && random.nextBoolean()) {
      sandbox.send(on.occupant(), deals.rate(terms, leg, false, random.nextInt(101), BY_SENDER));
    }
  }

  private void onceIn(int times, Runnable verb) {
    if (random.nextInt(times) == 0) {
      verb.run();
    }
  }

  /** Does it to some of the legs in a state. */
  private void some(LegState state, BiConsumer<Integer, Occupancy> verb) {
    everywhere(
        (leg, on) -> {
          if (on.status().state() == state && random.nextBoolean()) {
            verb.accept(leg, on);
          }
        });
  }

  private void everywhere(BiConsumer<Integer, Occupancy> verb) {
    for (int leg = 0; leg < terms.legs().size(); leg++) {
      verb.accept(
          leg,
          new Occupancy(terms.head(), terms.legs().get(leg), escrow.legStatus(id, leg, LATEST)));
    }
  }

  private void until(long time) {
    long now = sandbox.now();
    if (now < time) {
      sandbox.warp(time - now);
    }
  }
}
