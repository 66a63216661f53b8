package org.earnest.reputation.edge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.fold.SummaryKey;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.SettledReputation;
import org.earnest.reputation.store.Total;

/** What an agent settled, each number with the records that it adds up. */
final class ReputationAnswers {
  private static final int AVERAGE_DECIMALS = 2;

  private ReputationAnswers() {}

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
      int logIndex,
      Optional<Long> time) {}

  /**
   * What the current owner's agent settled in one role and token, over all tags.
   *
   * @param averageRating 0 to 100 with two decimals
   * @param deals where the closed legs are listed that the numbers add up
   */
  record TotalView(
      String role,
      String token,
      String volume,
      long closed,
      long rated,
      long ratingSum,
      Optional<String> averageRating,
      long missed,
      long late,
      long lost,
      String deals) {}

  record Settled(
      String role,
      long epoch,
      String token,
      String tag,
      String volume,
      long closed,
      long rated,
      long ratingSum,
      Optional<String> averageRating,
      long missed,
      long late,
      long lost,
      Optional<List<Source>> sources,
      String deals) {}

  record ReputationAnswer(
      String agentId,
      long epoch,
      List<TotalView> totals,
      List<Settled> settled,
      FeedbackAnswers.Average feedback,
      Answers.At at) {}

  /** A closed leg of a deal in a list of its own. */
  record DealView(String role, long epoch, String token, String tag, Source source) {}

  record DealPage(List<DealView> deals, Optional<String> next, Answers.At at) {}

  static ReputationAnswer reputation(
      Caip10AccountId registry,
      ReputationQueries.Reputation read,
      boolean explained,
      Answers.At at) {
    AgentId id = new AgentId(registry, read.agent().agentId());
    long epoch = read.agent().state().epoch();
    return new ReputationAnswer(
        id.toString(),
        epoch,
        read.totals().stream().map(total -> total(id, epoch, total)).toList(),
        read.settled().stream().map(settled -> settled(id, settled, explained)).toList(),
        FeedbackAnswers.average(id, read.feedback(), explained),
        at);
  }

  static DealView deal(Evidence evidence) {
    SummaryKey key = evidence.record().key();
    return new DealView(
        word(evidence.record().role()),
        key.epoch(),
        key.token().hex(),
        key.tag().hex(),
        source(evidence));
  }

  private static TotalView total(AgentId id, long epoch, Total of) {
    SettledSummary sum = of.summary();
    String role = word(of.role());
    return new TotalView(
        role,
        of.token().hex(),
        sum.volume().toString(),
        sum.closed(),
        sum.rated(),
        sum.ratingSum(),
        average(sum),
        sum.missed(),
        sum.late(),
        sum.lost(),
        "/agents/%s/deals?role=%s&epoch=%d&token=%s".formatted(id, role, epoch, of.token().hex()));
  }

  private static Settled settled(AgentId id, SettledReputation of, boolean explained) {
    SettledSummary sum = of.summary();
    SummaryKey key = of.key();
    return new Settled(
        word(key.tag().equals(Contribution.CLIENT_TAG) ? Role.CLIENT : Role.PAYEE),
        key.epoch(),
        key.token().hex(),
        key.tag().hex(),
        sum.volume().toString(),
        sum.closed(),
        sum.rated(),
        sum.ratingSum(),
        average(sum),
        sum.missed(),
        sum.late(),
        sum.lost(),
        explained
            ? Optional.of(of.evidence().stream().map(ReputationAnswers::source).toList())
            : Optional.empty(),
        "/agents/%s/deals?epoch=%d&token=%s&tag=%s"
            .formatted(id, key.epoch(), key.token().hex(), key.tag().hex()));
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
        log.logIndex(),
        Answers.time(evidence.time()));
  }

  static Optional<String> average(SettledSummary sum) {
    return sum.rated() == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(sum.ratingSum())
                .divide(BigDecimal.valueOf(sum.rated()), AVERAGE_DECIMALS, RoundingMode.HALF_UP)
                .toPlainString());
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
