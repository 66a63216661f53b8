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
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.TermsLimits;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.SummaryKey;

/** Plays deals, sales of agents and feedback at random, from a seed. */
final class RandomDeals {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));

  final Set<SummaryKey> touched = new HashSet<>();
  final Set<BigInteger> agents = new TreeSet<>();
  private final Map<EvmAddress, LocalSigner> keys = new HashMap<>();
  final Set<EvmAddress> raters = new HashSet<>();
  private final Sandbox sandbox;
  private final Random random;
  private final DealEscrowReads escrow;
  private final IdentityRegistryCalls registry;
  private final IdentityRegistryReads registered;
  private final BigInteger clientAgent;
  private final EvmAddress arbiter;

  RandomDeals(Sandbox sandbox, long seed, int sellers) {
    this.sandbox = sandbox;
    this.random = new Random(seed);
    EvmAddress address = sandbox.escrow();
    this.escrow = new DealEscrowReads(sandbox.chain, address);
    this.registry = new IdentityRegistryCalls(sandbox.contracts.identityRegistry());
    this.registered =
        new IdentityRegistryReads(sandbox.chain, sandbox.contracts.identityRegistry());
    this.arbiter = account().address();
    EvmAddress buyer = sandbox.buyer.address();
    sandbox.send(
        buyer, new TokenCalls(sandbox.token).mint(buyer, BigInteger.valueOf(100_000_000_000L)));
    for (int i = 0; i < sellers; i++) {
      agents.add(sandbox.register(newOwner(), "https://seller.example/" + i));
    }
    clientAgent = sandbox.register(buyer, "https://buyer.example/agent.json");
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
    DealTerms terms = terms();
    touch(terms);
    new RandomDeal(sandbox, random, terms, arbiter, keys).play();
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

  private DealTerms terms() {
    long now = sandbox.now();
    boolean fee = random.nextBoolean();
    boolean judged = random.nextInt(3) != 0;
    Head head =
        new Head(
            sandbox.buyer.address(),
            random.nextBoolean() ? clientAgent : BigInteger.ZERO,
            0,
            sandbox.token,
            judged ? arbiter : EvmAddress.ZERO,
            judged ? RandomDeal.RULING : 0,
            judged ? random.nextInt(10_001) : 0,
            judged ? random.nextInt(1_001) : 0,
            fee ? new EvmAddress("0x" + "fe".repeat(20)) : EvmAddress.ZERO,
            fee ? 1 + random.nextInt(1_000) : 0,
            now + RandomDeal.DUE,
            random.nextInt(3) == 0 ? now + RandomDeal.DUE / 2 : 0,
            Hash32.of(bytes()));
    List<Leg> legs = new ArrayList<>();
    for (BigInteger agent : agents) {
      if (legs.isEmpty() || random.nextBoolean()) {
        legs.add(leg(agent, now, judged));
      }
    }
    return new DealTerms(head, legs);
  }

  private Leg leg(BigInteger agent, long now, boolean judged) {
    BigInteger amount = BigInteger.valueOf(1 + random.nextInt(5_000_000));
    BigInteger penaltyMax = amount.shiftRight(1 + random.nextInt(3));
    BigInteger other = anyAgent();
    boolean standing = !owner(other).equals(owner(agent)) && random.nextInt(3) != 0;
    boolean rated = random.nextInt(4) != 0;
    return new Leg(
        owner(agent),
        rated ? agent : BigInteger.ZERO,
        rated ? epoch(agent) : 0,
        new Hash32("0x%064x".formatted(random.nextInt(2))),
        amount,
        standing ? penaltyMax : BigInteger.valueOf(random.nextInt(3) * 777L),
        penaltyMax,
        now + RandomDeal.DUE,
        RandomDeal.GRACE,
        RandomDeal.REVIEW,
        judged && random.nextInt(4) == 0 ? TermsLimits.ESCALATE : random.nextInt(10_001),
        WORK,
        standing ? owner(other) : EvmAddress.ZERO,
        standing ? other : BigInteger.ZERO,
        standing ? epoch(other) : 0,
        standing ? BigInteger.valueOf(random.nextInt(1_000)) : BigInteger.ZERO,
        standing ? BigInteger.valueOf(random.nextInt(2) * 5_000L) : BigInteger.ZERO,
        standing ? RandomDeal.WINDOW : 0,
        standing ? RandomDeal.STANDBY_TIME : 0);
  }

  private void touch(DealTerms terms) {
    EvmAddress token = terms.head().token();
    for (Leg leg : terms.legs()) {
      touched.add(new SummaryKey(leg.agentId(), leg.agentEpoch(), token, leg.tag()));
      touched.add(new SummaryKey(leg.standbyAgentId(), leg.standbyAgentEpoch(), token, leg.tag()));
    }
    touched.removeIf(key -> key.agentId().signum() == 0);
    touched.add(new SummaryKey(clientAgent, 0, token, Contribution.CLIENT_TAG));
  }

  private long epoch(BigInteger agent) {
    return registered.binding(agent, LATEST).epoch();
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
