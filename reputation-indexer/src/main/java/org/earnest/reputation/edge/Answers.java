package org.earnest.reputation.edge;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.reputation.store.Agent;

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
}
