package org.earnest.reputation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.SummaryKey;

/** Plays deals, sales of agents and feedback at random, from a seed. */
final class RandomDeals {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final BigInteger FAR = BigInteger.valueOf(40_000_000_000L);
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));
  private static final byte[] BY_SENDER = new byte[0];
  private static final long DUE = 1_000;
  private static final long GRACE = 500;

  final Set<SummaryKey> touched = new HashSet<>();
  final Set<BigInteger> agents = new TreeSet<>();
  private final Map<EvmAddress, LocalSigner> keys = new HashMap<>();
  final Set<EvmAddress> raters = new HashSet<>();
  private final Sandbox sandbox;
  private final Random random;
  private final DealTypedData typed;
  private final DealEscrowCalls deals;
  private final DealEscrowReads escrow;
  private final IdentityRegistryCalls registry;
  private final IdentityRegistryReads registered;
  private final BigInteger clientAgent;

  RandomDeals(Sandbox sandbox, long seed, int sellers) {
    this.sandbox = sandbox;
    this.random = new Random(seed);
    EvmAddress address = sandbox.contracts.dealEscrow();
    this.typed = new DealTypedData(sandbox.chain.chainId(), address);
    this.deals = new DealEscrowCalls(address);
    this.escrow = new DealEscrowReads(sandbox.chain, address);
    this.registry = new IdentityRegistryCalls(sandbox.contracts.identityRegistry());
    this.registered =
        new IdentityRegistryReads(sandbox.chain, sandbox.contracts.identityRegistry());
    EvmAddress buyer = sandbox.buyer.address();
    sandbox.send(
        buyer, new TokenCalls(sandbox.token).mint(buyer, BigInteger.valueOf(100_000_000_000L)));
    for (int i = 0; i < sellers; i++) {
      agents.add(sandbox.register(newOwner(), "https://seller.example/" + i));
    }
    clientAgent = sandbox.register(buyer, "https://buyer.example/agent.json");
  }

  /** Opens a deal and brings every leg of it to an end. */
  private void deal() {
    DealTerms terms = terms();
    DealId id = typed.dealId(terms);
    open(terms, id);
    deliverSome(terms, id);
    sandbox.warp(DUE + random.nextLong(GRACE));
    deliverSome(terms, id);
    acceptSome(terms, id);
    sandbox.warp(DUE + GRACE);
    for (int i = 0; i < terms.legs().size(); i++) {
      LegState state = escrow.legStatus(id, i, LATEST).state();
      if (!state.terminal()) {
        sandbox.send(sandbox.buyer.address(), deals.lapse(terms, i));
      }
    }
  }

  /** Whether a deal is on record now; a reorganisation may have taken some back. */
  boolean settledAnything() {
    return touched.stream()
        .anyMatch(
            key ->
                escrow.settled(key.agentId(), key.epoch(), key.token(), key.tag(), LATEST).closed()
                    > 0);
  }

  /** A few of everything. */
  void round() {
    deal();
    feedback();
    if (random.nextInt(3) == 0) {
      sale();
    }
    if (random.nextInt(3) == 0) {
      rename();
    }
  }

  /** Gives an agent another registration file. */
  private void rename() {
    BigInteger agent = anyAgent();
    sandbox.send(
        owner(agent),
        registry.setAgentUri(agent, "https://seller.example/new/" + random.nextInt()));
  }

  /** Sells an agent to a new owner, which begins its next epoch. */
  private void sale() {
    BigInteger agent = anyAgent();
    EvmAddress owner = owner(agent);
    sandbox.send(owner, registry.transferFrom(owner, newOwner(), agent));
  }

  /** Gives feedback, and sometimes takes it back. */
  private void feedback() {
    EvmAddress rater = account().address();
    raters.add(rater);
    var calls = new ReputationRegistryCalls(sandbox.contracts.reputationRegistry());
    BigInteger agent = anyAgent();
    BigInteger value = new BigInteger(100, random).subtract(BigInteger.ONE.shiftLeft(99));
    sandbox.send(
        rater,
        calls.giveFeedback(
            agent,
            new ReputationRegistryCalls.Feedback(
                value, random.nextInt(19), "quality\u0000", "", "/quote", "ipfs://f", WORK)));
    if (random.nextInt(3) == 0) {
      sandbox.send(rater, calls.revokeFeedback(agent, 1));
    }
    if (random.nextInt(3) == 0) {
      sandbox.send(
          sandbox.buyer.address(), calls.appendResponse(agent, rater, 1, "ipfs://r", WORK));
    }
  }

  private void open(DealTerms terms, DealId id) {
    EvmAddress buyer = sandbox.buyer.address();
    Eip712Domain domain = new Eip712Domain("USD Coin", "2", sandbox.chain.chainId(), sandbox.token);
    ReceiveWithAuthorization pay =
        new ReceiveWithAuthorization(
            buyer,
            sandbox.contracts.dealEscrow(),
            terms.total(),
            BigInteger.ZERO,
            FAR,
            id.digest());
    List<byte[]> consents = new ArrayList<>();
    for (Leg leg : terms.legs()) {
      consents.add(keys.getOrDefault(leg.payee(), sandbox.buyer).sign(id.digest()));
      touched.add(new SummaryKey(leg.agentId(), leg.agentEpoch(), terms.head().token(), leg.tag()));
    }
    touched.add(new SummaryKey(clientAgent, 0, terms.head().token(), Contribution.CLIENT_TAG));
    sandbox.send(
        buyer,
        deals.open(
            terms,
            consents,
            new Funding.Authorization(
                BigInteger.ZERO, FAR, sandbox.buyer.sign(pay.digest(domain)))));
  }

  private void deliverSome(DealTerms terms, DealId id) {
    for (int i = 0; i < terms.legs().size(); i++) {
      if (escrow.legStatus(id, i, LATEST).state() == LegState.ACTIVE && random.nextBoolean()) {
        sandbox.send(
            terms.legs().get(i).payee(), deals.deliver(terms, i, WORK, "ipfs://w", BY_SENDER));
      }
    }
  }

  private void acceptSome(DealTerms terms, DealId id) {
    for (int i = 0; i < terms.legs().size(); i++) {
      if (escrow.legStatus(id, i, LATEST).state() == LegState.DELIVERED && random.nextBoolean()) {
        int rating = random.nextInt(4) == 0 ? DealEscrowCalls.NO_RATING : random.nextInt(101);
        sandbox.send(sandbox.buyer.address(), deals.accept(terms, i, rating, BY_SENDER));
      }
    }
  }

  private DealTerms terms() {
    long now = sandbox.now();
    boolean fee = random.nextBoolean();
    Head head =
        new Head(
            sandbox.buyer.address(),
            random.nextBoolean() ? clientAgent : BigInteger.ZERO,
            0,
            sandbox.token,
            EvmAddress.ZERO,
            0,
            0,
            0,
            fee ? new EvmAddress("0x" + "fe".repeat(20)) : EvmAddress.ZERO,
            fee ? 1 + random.nextInt(1_000) : 0,
            now + DUE,
            0,
            Hash32.of(bytes()));
    List<Leg> legs = new ArrayList<>();
    for (BigInteger agent : agents) {
      if (legs.isEmpty() || random.nextBoolean()) {
        legs.add(leg(agent, now));
      }
    }
    return new DealTerms(head, legs);
  }

  private Leg leg(BigInteger agent, long now) {
    BigInteger amount = BigInteger.valueOf(1 + random.nextInt(5_000_000));
    return new Leg(
        owner(agent),
        agent,
        registered.binding(agent, LATEST).epoch(),
        new Hash32("0x%064x".formatted(random.nextInt(2))),
        amount,
        BigInteger.ZERO,
        amount.shiftRight(1 + random.nextInt(3)),
        now + DUE,
        GRACE,
        100,
        random.nextInt(10_001),
        WORK,
        EvmAddress.ZERO,
        BigInteger.ZERO,
        0,
        BigInteger.ZERO,
        BigInteger.ZERO,
        0,
        0);
  }

  private BigInteger anyAgent() {
    return List.copyOf(agents).get(random.nextInt(agents.size()));
  }

  /** As the chain has it: a reorganisation may have undone a sale. */
  private EvmAddress owner(BigInteger agent) {
    return registered.owner(agent, LATEST).orElseThrow();
  }

  private EvmAddress newOwner() {
    LocalSigner owner = account();
    keys.put(owner.address(), owner);
    return owner.address();
  }

  private LocalSigner account() {
    return LocalSigner.of(bytes());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
