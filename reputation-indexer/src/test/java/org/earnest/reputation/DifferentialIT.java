package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.call.IdentityRegistryReads.AgentBinding;
import org.earnest.bindings.call.ReputationRegistryReads;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.AgentState;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.FeedbackSummary;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.fold.SummaryKey;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries.Reputation;
import org.earnest.reputation.store.ReputationScope;
import org.earnest.reputation.store.Total;
import org.junit.jupiter.api.Test;

/** The index against the contracts themselves, through deals, sales and reorganisations. */
class DifferentialIT extends OnSandbox {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final long[] SEEDS = {271_828, 314_159, 1_618_033};
  private static final int SELLERS = 3;
  private static final int ROUNDS = 5;
  private static final int MAX_DEPTH = 20;

  @Test
  void equalsTheContractsWhateverHappens() throws Exception {
    try (ReputationIndexer indexer = sandbox.indexer()) {
      for (long seed : SEEDS) {
        Random random = new Random(seed);
        RandomDeals deals = new RandomDeals(sandbox, seed, SELLERS);
        deals.round();
        deals.round();
        for (int round = 0; round < ROUNDS; round++) {
          deals.round();
          equalsTheContracts(indexer, deals, seed);
          String before = sandbox.snapshot();
          deals.round();
          sandbox.followed(indexer);
          sandbox.revert(before);
          sandbox.mine();
          equalsTheContracts(indexer, deals, seed);
          sandbox.reorganise(1 + random.nextInt(MAX_DEPTH));
          sandbox.mine();
          equalsTheContracts(indexer, deals, seed);
        }
        assertThat(deals.settledAnything()).as("seed %d settles something", seed).isTrue();
      }
      assertThat(queries().quarantined()).isZero();
    }
  }

  private void equalsTheContracts(ReputationIndexer indexer, RandomDeals deals, long seed)
      throws Exception {
    sandbox.followed(indexer);
    DealEscrowReads escrow = new DealEscrowReads(sandbox.chain, sandbox.escrow());
    Map<SummaryKey, SettledSummary> onChain = new HashMap<>();
    for (SummaryKey key : deals.touched) {
      onChain.put(key, escrow.settled(key.agentId(), key.epoch(), key.token(), key.tag(), LATEST));
      AgentId agent = new AgentId(sandbox.contracts.registry(), key.agentId());
      assertThat(indexer.settled(agent, key.epoch(), key.token(), key.tag()))
          .as("seed %d, %s", seed, key)
          .isEqualTo(onChain.get(key));
    }
    for (BigInteger agent : deals.agents) {
      Reputation read = reputation(agent);
      totalsAddUp(read, onChain, seed);
      agentEqualsTheRegistry(agent, read, seed);
      feedbackEqualsTheRegistry(agent, read, deals, seed);
    }
  }

  private Reputation reputation(BigInteger agent) {
    Read<Reputation> read = queries().reputation(agent, ReputationScope.ALL);
    assertThat(read).isInstanceOf(Read.Found.class);
    return ((Read.Found<Reputation>) read).value();
  }

  private void totalsAddUp(Reputation read, Map<SummaryKey, SettledSummary> onChain, long seed) {
    List<Total> sums = new ArrayList<>();
    for (Role role : Role.values()) {
      onChain.entrySet().stream()
          .filter(entry -> entry.getKey().agentId().equals(read.agent().agentId()))
          .filter(entry -> entry.getKey().epoch() == read.agent().state().epoch())
          .filter(entry -> role(entry.getKey()) == role)
          .map(Map.Entry::getValue)
          .filter(summary -> summary.closed() > 0)
          .reduce(DifferentialIT::plus)
          .ifPresent(sum -> sums.add(new Total(role, sandbox.token, sum)));
    }
    assertThat(read.totals()).as("seed %d, %s", seed, read.agent()).isEqualTo(sums);
    SettledSummary earned =
        sums.stream()
            .filter(total -> total.role() == Role.PAYEE)
            .map(Total::summary)
            .findFirst()
            .orElse(SettledSummary.NONE);
    assertThat(queries().earned(read.agent().agentId(), sandbox.token))
        .as("seed %d, %s", seed, read.agent())
        .isInstanceOfSatisfying(
            Read.Found.class, found -> assertThat(found.value()).isEqualTo(earned));
  }

  private void agentEqualsTheRegistry(BigInteger agent, Reputation read, long seed) {
    IdentityRegistryReads registry =
        new IdentityRegistryReads(sandbox.chain, sandbox.contracts.identityRegistry());
    AgentBinding binding = registry.binding(agent, LATEST);
    assertThat(read.agent().state())
        .as("seed %d, agent %s", seed, agent)
        .isEqualTo(
            new AgentState(
                registry.owner(agent, LATEST).orElseThrow(),
                Optional.of(binding.wallet()).filter(wallet -> !wallet.isZero()),
                registry.agentUri(agent, LATEST).orElseThrow(),
                binding.epoch()));
  }

  private void feedbackEqualsTheRegistry(
      BigInteger agent, Reputation read, RandomDeals deals, long seed) {
    ReputationRegistryReads registry =
        new ReputationRegistryReads(sandbox.chain, sandbox.contracts.reputationRegistry());
    List<EvmAddress> raters = List.copyOf(deals.raters);
    var average = registry.summary(agent, raters, "", "", LATEST);
    assertThat(read.feedback().summary())
        .as("seed %d, agent %s", seed, agent)
        .isEqualTo(new FeedbackSummary(average.count(), average.value(), average.decimals()));
  }

  private static Role role(SummaryKey key) {
    return key.tag().equals(Contribution.CLIENT_TAG) ? Role.CLIENT : Role.PAYEE;
  }

  static SettledSummary plus(SettledSummary one, SettledSummary other) {
    return new SettledSummary(
        one.volume().add(other.volume()),
        one.closed() + other.closed(),
        one.rated() + other.rated(),
        one.ratingSum() + other.ratingSum(),
        one.missed() + other.missed(),
        one.late() + other.late(),
        one.lost() + other.lost());
  }
}
