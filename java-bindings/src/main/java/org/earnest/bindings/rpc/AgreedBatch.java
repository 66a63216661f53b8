package org.earnest.bindings.rpc;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.core.chain.ChainUnavailableException;

/** Several questions, to each of which two nodes have to say the same; each node is asked once. */
final class AgreedBatch {
  private final Agreement agreement;
  private final List<Question> questions;
  private final Map<Integer, RpcReply> agreed = new TreeMap<>();

  AgreedBatch(Agreement agreement, List<Question> questions) {
    this.agreement = agreement;
    this.questions = questions;
  }

  /**
   * Asks what is not answered yet; what two agreed on in an earlier try is not asked again.
   *
   * @return the replies, in the questions' order
   * @throws ChainUnavailableException why the first of those without an answer has none
   */
  List<RpcReply> ask(Deadline deadline) {
    Map<Integer, Ballot> ballots = new TreeMap<>();
    for (int place = 0; place < questions.size(); place++) {
      if (!agreed.containsKey(place)) {
        ballots.put(place, Agreement.ballot(questions.get(place)));
      }
    }
    agreement.gather(deadline, List.copyOf(ballots.values()));
    ballots.forEach((place, ballot) -> ballot.agreed().ifPresent(r -> agreed.put(place, r)));
    // Nulls and refusals are of this try alone: the next may find two that know.
    Map<Integer, RpcReply> replies = new TreeMap<>(agreed);
    ballots.keySet().removeAll(agreed.keySet());
    ballots.forEach((place, ballot) -> replies.put(place, Agreement.outcome(ballot)));
    return List.copyOf(replies.values());
  }
}
