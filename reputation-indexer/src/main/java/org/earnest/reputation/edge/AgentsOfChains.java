package org.earnest.reputation.edge;

import java.util.Map;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.PerChainService;

/** One face for what is known of agents on several chains. */
public final class AgentsOfChains {
  private static final PerChainService.ByName BY_AGENT =
      new PerChainService.ByName("agentId", "agent", AgentParameter::chain);

  private AgentsOfChains() {}

  /**
   * The same service of several chains as one, below {@code /chains/{chainId}}; of one chain as it
   * is.
   *
   * @param services at least one
   */
  public static HttpService together(Map<Caip2ChainId, ? extends HttpService> services) {
    return services.size() == 1
        ? services.values().iterator().next()
        : new PerChainService(services, BY_AGENT);
  }
}
