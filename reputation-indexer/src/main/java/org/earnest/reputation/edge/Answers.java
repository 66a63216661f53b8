package org.earnest.reputation.edge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.store.Agent;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.Feedback;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.SettledReputation;

/** What the service answers. Amounts and token ids are decimal text, as they may exceed 2^53. */
final class Answers {
  private Answers() {}

  /** The block up to which an answer is the whole truth. */
  record At(String chainId, long blockNumber, String blockHash, String finality) {}

  record AgentView(
      String agentId,
      String owner,
      Optional<String> wallet,
      String uri,
      long epoch,
      long registeredBlock,
      String registeredTransaction) {}

  record AgentPage(List<AgentView> agents, Optional<String> next, At at) {}

  record AgentAnswer(AgentView agent, At at) {}

  /** A record that counts, and where it comes from. */
  record Source(
      String deal,
      int leg,
      String outcome,
      String gross,
      Optional<Integer> rating,
      boolean missed,
      boolean late,
      boolean lost,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex) {}

  record Settled(
      String role,
      long epoch,
      String token,
      String tag,
      String volume,
      long closed,
      long rated,
      long ratingSum,
      long missed,
      long late,
      long lost,
      long records,
      List<Source> sources) {}

  record FeedbackAverage(long count, long revoked, String value, int valueDecimals) {}

  record ReputationAnswer(
      String agentId, long epoch, List<Settled> settled, FeedbackAverage feedback, At at) {}

  record FeedbackView(
      String client,
      long index,
      String value,
      int valueDecimals,
      String tag1,
      String tag2,
      String endpoint,
      String uri,
      String hash,
      boolean revoked,
      long responses,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex) {}

  record FeedbackPage(List<FeedbackView> feedback, Optional<String> next, At at) {}

  static AgentView agent(Caip10AccountId registry, Agent agent) {
    return new AgentView(
        new AgentId(registry, agent.agentId()).toString(),
        agent.state().owner().hex(),
        agent.state().wallet().map(EvmAddress::hex),
        agent.state().uri(),
        agent.state().epoch(),
        agent.registeredBlock(),
        agent.registeredTransaction().hex());
  }

  static ReputationAnswer reputation(
      Caip10AccountId registry, ReputationQueries.Reputation read, At at) {
    return new ReputationAnswer(
        new AgentId(registry, read.agent().agentId()).toString(),
        read.agent().state().epoch(),
        read.settled().stream().map(Answers::settled).toList(),
        new FeedbackAverage(
            read.feedback().count(),
            read.revoked(),
            read.feedback().value().toString(),
            read.feedback().decimals()),
        at);
  }

  static FeedbackView feedback(Feedback given) {
    LogRef log = given.log();
    return new FeedbackView(
        given.client().hex(),
        given.index(),
        given.value().toString(),
        given.valueDecimals(),
        given.tag1(),
        given.tag2(),
        given.endpoint(),
        given.uri(),
        given.hash().hex(),
        given.revoked(),
        given.responses(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex());
  }

  private static Settled settled(SettledReputation of) {
    SettledSummary sum = of.summary();
    boolean client = of.key().tag().equals(Contribution.CLIENT_TAG);
    return new Settled(
        client ? "client" : "payee",
        of.key().epoch(),
        of.key().token().hex(),
        of.key().tag().hex(),
        sum.volume().toString(),
        sum.closed(),
        sum.rated(),
        sum.ratingSum(),
        sum.missed(),
        sum.late(),
        sum.lost(),
        of.records(),
        of.evidence().stream().map(Answers::source).toList());
  }

  private static Source source(Evidence evidence) {
    Contribution record = evidence.record();
    LogRef log = evidence.log();
    return new Source(
        record.deal().toString(),
        record.leg(),
        record.outcome().name().toLowerCase(Locale.ROOT),
        record.gross().toString(),
        record.rating().isPresent() ? Optional.of(record.rating().getAsInt()) : Optional.empty(),
        record.missed(),
        record.late(),
        record.lost(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex());
  }
}
