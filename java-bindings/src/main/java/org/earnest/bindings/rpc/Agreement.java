package org.earnest.bindings.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
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

  /**
   * What two say alike; null where one alone knows something, as it cannot be told yet.
   *
   * @param reading what has to be alike
   * @throws UntoldException when they contradict each other, or fewer than two can be asked
   */
  RpcReply ask(
      Deadline deadline, Function<JsonNode, Object> reading, String method, Object... params) {
    List<Vote> votes = gather(deadline, reading, seen -> agreed(seen).isPresent(), method, params);
    Optional<RpcReply> agreed = agreed(votes).map(Vote::reply);
    if (agreed.isPresent()) {
      return agreed.get();
    }
    if (votes.stream().allMatch(Vote::refuses)) {
      return votes.getFirst().reply();
    }
    if (votes.stream().filter(Vote::tells).count() <= 1 && hasNothing(votes)) {
      return new RpcReply.Result(NullNode.getInstance());
    }
    LOG.warn("the nodes contradict each other in {}: nothing is believed", method);
    throw new UntoldException("the nodes contradict each other in " + method);
  }

  private static boolean hasNothing(List<Vote> votes) {
    return votes.stream().anyMatch(vote -> vote.essence() instanceof Vote.Nothing);
  }

  /** Two that refuse agree on nothing: others may know. */
  private static Optional<Vote> agreed(List<Vote> votes) {
    return votes.stream()
        .filter(vote -> !vote.refuses())
        .filter(
            vote ->
                votes.stream().filter(v -> v.essence().equals(vote.essence())).count() >= QUORUM)
        .findFirst();
  }

  /**
   * Asks one after the other until it is enough; there are two answers at least.
   *
   * @throws ChainUnavailableException when there are not
   */
  List<Vote> gather(
      Deadline deadline,
      Function<JsonNode, Object> reading,
      Predicate<List<Vote>> enough,
      String method,
      Object... params) {
    List<Endpoint> candidates = endpoints.candidates();
    if (candidates.size() < QUORUM) {
      throw endpoints.tooFew();
    }
    List<Vote> votes = new ArrayList<>();
    Optional<ChainUnavailableException> failure = Optional.empty();
    for (Endpoint endpoint : candidates) {
      if (enough.test(votes) || deadline.passed() || Thread.currentThread().isInterrupted()) {
        break;
      }
      try {
        votes.add(vote(endpoint, endpoint.ask(deadline, method, params), reading, method));
      } catch (ChainUnavailableException e) {
        failure = Optional.of(e);
      }
    }
    if (votes.size() < QUORUM) {
      throw failure.orElseGet(() -> new UntoldException("no time is left for " + method));
    }
    return votes;
  }

  private static Vote vote(
      Endpoint endpoint, RpcReply reply, Function<JsonNode, Object> reading, String method) {
    return switch (reply) {
      case RpcReply.Failure failure -> new Vote(endpoint, failure, Vote.Refused.REFUSED);
      case RpcReply.Result result when result.value().isNull() ->
          new Vote(endpoint, result, Vote.Nothing.NOTHING);
      case RpcReply.Result result ->
          new Vote(endpoint, result, JsonRpcChainReader.read(method, result.value(), reading));
    };
  }
}
