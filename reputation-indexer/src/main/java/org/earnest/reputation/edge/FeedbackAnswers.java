package org.earnest.reputation.edge;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.reputation.store.Feedback;
import org.earnest.reputation.store.FeedbackAverage;
import org.earnest.reputation.store.FeedbackEntry;
import org.earnest.reputation.store.FeedbackSource;

/** What clients said of an agent in the reputation registry. */
final class FeedbackAnswers {
  private FeedbackAnswers() {}

  /** An entry that is averaged, or was until it was revoked, and where it comes from. */
  record Source(
      String client,
      long index,
      String value,
      int valueDecimals,
      boolean revoked,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex,
      Optional<Long> time) {}

  /**
   * The average of all entries that nobody revoked.
   *
   * @param entries where they are listed with their texts
   */
  record Average(
      long count,
      long revoked,
      String value,
      int valueDecimals,
      Optional<List<Source>> sources,
      String entries) {}

  /** What anybody appended to an entry; the texts are a stranger's. */
  record ResponseView(
      String responder,
      String uri,
      String hash,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex,
      Optional<Long> time) {}

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
      long responseCount,
      List<ResponseView> responses,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex,
      Optional<Long> time) {}

  record FeedbackPage(List<FeedbackView> feedback, Optional<String> next, Answers.At at) {}

  static Average average(AgentId id, FeedbackAverage of, boolean explained) {
    return new Average(
        of.summary().count(),
        of.revoked(),
        of.summary().value().toString(),
        of.summary().decimals(),
        explained
            ? Optional.of(of.evidence().stream().map(FeedbackAnswers::source).toList())
            : Optional.empty(),
        "/agents/" + id + "/feedback");
  }

  static FeedbackView feedback(FeedbackEntry entry) {
    Feedback given = entry.feedback();
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
        entry.responses().stream().map(FeedbackAnswers::response).toList(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex(),
        Answers.time(given.time()));
  }

  private static ResponseView response(FeedbackEntry.Response response) {
    LogRef log = response.log();
    return new ResponseView(
        response.responder().hex(),
        response.uri(),
        response.hash().hex(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex(),
        Answers.time(response.time()));
  }

  private static Source source(FeedbackSource given) {
    LogRef log = given.log();
    return new Source(
        given.client().hex(),
        given.index(),
        given.value().toString(),
        given.valueDecimals(),
        given.revoked(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex(),
        Answers.time(given.time()));
  }
}
