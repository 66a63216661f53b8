package org.earnest.bindings.rpc;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.NullNode;

/**
 * Believes what two nodes say. Of several URLs no single one can make an answer a fact, whether the
 * others are silent, behind or of another opinion.
 */
final class Agreement {
  /** How many have to say the same. */
  static final int QUORUM = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Agreement.class);

  private final Endpoints endpoints;

  Agreement(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Asked until two say the same. */
  static Ballot ballot(Question question) {
    return new Ballot(question, votes -> agreed(votes).isPresent());
  }

  /**
   * What two say alike; null where one alone knows something, as it cannot be told yet.
   *
   * @throws UntoldException when they contradict each other, or fewer than two can be asked
   */
  RpcReply ask(Deadline deadline, Question question) {
    Ballot ballot = ballot(question);
    gather(deadline, List.of(ballot));
    return outcome(ballot);
  }

  /**
   * What is believed of this.
   *
   * @throws ChainUnavailableException when nothing is, or there are not two answers
   */
  static RpcReply outcome(Ballot ballot) {
    List<Vote> votes = ballot.votes();
    Optional<RpcReply> agreed = ballot.agreed();
    if (agreed.isPresent()) {
      return agreed.get();
    }
    if (votes.stream().allMatch(Vote::refuses)) {
      return votes.getFirst().reply();
    }
    if (votes.stream().filter(Vote::tells).count() <= 1 && hasNothing(votes)) {
      return new RpcReply.Result(NullNode.getInstance());
    }
    String method = ballot.call().method();
    LOG.warn("the nodes contradict each other in {}: nothing is believed", method);
    throw new UntoldException("the nodes contradict each other in " + method);
  }

  private static boolean hasNothing(List<Vote> votes) {
    return votes.stream().anyMatch(vote -> vote.essence() instanceof Vote.Nothing);
  }

  /** Two that refuse agree on nothing: others may know. */
  static Optional<Vote> agreed(List<Vote> votes) {
    return votes.stream()
        .filter(vote -> !vote.refuses())
        .filter(
            vote ->
                votes.stream().filter(v -> v.essence().equals(vote.essence())).count() >= QUORUM)
        .findFirst();
  }

  /**
   * Asks one after the other until it is enough.
   *
   * @return two answers at least
   * @throws ChainUnavailableException when there are fewer
   */
  List<Vote> gather(Deadline deadline, Question question, Predicate<List<Vote>> enough) {
    Ballot ballot = new Ballot(question, enough);
    gather(deadline, List.of(ballot));
    return ballot.votes();
  }

  /**
   * The same for several, each node being asked together what is open when it is its turn.
   *
   * @throws ChainUnavailableException when fewer than two can be asked
   */
  void gather(Deadline deadline, List<Ballot> ballots) {
    List<Endpoint> candidates = endpoints.candidates();
    if (candidates.size() < QUORUM) {
      throw endpoints.tooFew();
    }
    for (Endpoint endpoint : candidates) {
      List<Ballot> open = ballots.stream().filter(Ballot::isOpen).toList();
      if (open.isEmpty() || deadline.passed() || Thread.currentThread().isInterrupted()) {
        break;
      }
      ask(endpoint, deadline, open);
    }
  }

  /** As long as its turn takes: one slow node must not spend the time of the others. */
  private static void ask(Endpoint endpoint, Deadline deadline, List<Ballot> ballots) {
    Deadline turn = endpoint.turn(deadline);
    int heard = 0;
    try {
      while (heard < ballots.size()) {
        List<Ballot> rest = ballots.subList(heard, ballots.size());
        List<RpcReply> replies = endpoint.askSome(turn, rest.stream().map(Ballot::call).toList());
        for (int i = 0; i < replies.size(); i++) {
          rest.get(i).hear(endpoint, replies.get(i));
        }
        heard += replies.size();
      }
    } catch (ChainUnavailableException e) {
      ballots.subList(heard, ballots.size()).forEach(ballot -> ballot.unanswered(e));
    }
  }
}
