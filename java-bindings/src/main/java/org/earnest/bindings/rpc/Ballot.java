package org.earnest.bindings.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.earnest.core.chain.ChainUnavailableException;

/** What several nodes have said to one question so far. */
final class Ballot {
  private final Question question;
  private final Predicate<List<Vote>> enough;
  private final List<Vote> votes = new ArrayList<>();
  private Optional<ChainUnavailableException> failure = Optional.empty();

  /**
   * Nobody was asked yet.
   *
   * @param enough whether nobody else needs to be asked
   */
  Ballot(Question question, Predicate<List<Vote>> enough) {
    this.question = question;
    this.enough = enough;
  }

  RpcCall call() {
    return question.call();
  }

  boolean isOpen() {
    return !enough.test(votes);
  }

  void hear(Endpoint endpoint, RpcReply reply) {
    try {
      votes.add(vote(endpoint, reply));
    } catch (ChainUnavailableException unreadable) {
      failure = Optional.of(unreadable);
    }
  }

  void unanswered(ChainUnavailableException why) {
    failure = Optional.of(why);
  }

  /**
   * Two at least.
   *
   * @throws ChainUnavailableException when there are fewer
   */
  List<Vote> votes() {
    if (votes.size() < Agreement.QUORUM) {
      throw failure.orElseGet(() -> new UntoldException("no time is left for " + call().method()));
    }
    return List.copyOf(votes);
  }

  /** What two say alike, if they do. */
  Optional<RpcReply> agreed() {
    return Agreement.agreed(votes).map(Vote::reply);
  }

  private Vote vote(Endpoint endpoint, RpcReply reply) {
    return switch (reply) {
      case RpcReply.Failure failed -> new Vote(endpoint, failed, Vote.Refused.REFUSED);
      case RpcReply.Result result when result.value().isNull() ->
          new Vote(endpoint, result, Vote.Nothing.NOTHING);
      case RpcReply.Result result ->
          new Vote(
              endpoint,
              result,
              JsonRpcChainReader.read(call().method(), result.value(), question.reading()));
    };
  }
}
