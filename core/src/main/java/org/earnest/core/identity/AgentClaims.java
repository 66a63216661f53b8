package org.earnest.core.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a registration file says of who its agent is (ERC-8004, "Agent URI and Agent Registration
 * File").
 *
 * @param agents whom the file names as its own
 * @param dids in the file's order
 * @param wallets accounts that the file says the agent is paid at, as it spells them
 */
public record AgentClaims(Set<AgentId> agents, List<DidClaim> dids, List<String> wallets) {
  public AgentClaims {
    agents = Set.copyOf(agents);
    dids = List.copyOf(dids);
    wallets = List.copyOf(wallets);
  }

  /**
   * A DID that the file names.
   *
   * @param did as the file spells it, which may be none
   * @param ownerSignature the agent's owner's word for it, as the file spells it
   * @param ownerSignedAt when that was, as the file spells it
   */
  public record DidClaim(
      String did, Optional<String> ownerSignature, Optional<String> ownerSignedAt) {}
}
