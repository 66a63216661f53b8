package org.earnest.did.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentClaims;
import org.earnest.core.identity.AgentClaims.DidClaim;
import org.earnest.core.identity.AgentFiles;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;

/**
 * Proves, from both ends of each link, that an ERC-8004 agent, its registration file, its DID and
 * its accounts belong together, or says which link is missing. Nobody's word for another is
 * believed.
 */
public final class AgentVerifier {
  private final ChainReader chain;
  private final Caip10AccountId registry;
  private final AgentFiles files;
  private final DidResolver resolver;

  /** A verifier of the agents of one registry. */
  public AgentVerifier(
      ChainReader chain, EvmAddress registry, AgentFiles files, DidResolver resolver) {
    this.chain = chain;
    this.registry = new Caip10AccountId(chain.chainId(), registry);
    this.files = files;
    this.resolver = resolver;
  }

  /** Whose agents it verifies. */
  public Caip10AccountId registry() {
    return registry;
  }

  /**
   * Looks at all links at the newest block.
   *
   * @param wanted the DID that the agent should have; empty for the first that its file names
   * @throws org.earnest.core.chain.ChainUnavailableException when the chain does not answer
   * @throws IllegalArgumentException for an agent of another registry
   */
  public AgentReport verify(AgentId agent, Optional<Did> wanted) {
    if (!agent.registry().equals(registry)) {
      throw new IllegalArgumentException("an agent of " + registry + " is expected");
    }
    RegisteredAgent registered = RegisteredAgent.read(chain, agent);
    List<LinkFinding> links = new ArrayList<>();
    links.add(FileLinks.registered(registered));
    Optional<AgentClaims> claims = claims(registered, links);
    links.add(FileLinks.namesAgent(claims, registered));
    Optional<DidClaim> claim = claims.flatMap(file -> FileLinks.claim(file, wanted));
    links.add(FileLinks.namesDid(claims, claim, wanted));
    Optional<Did> did = wanted.or(() -> claim.flatMap(FileLinks::did));
    links.addAll(new DidLinks(chain, resolver, registered).of(did, claim));
    links.add(FileLinks.wallet(registered, claims));
    return new AgentReport(
        agent,
        registered.block(),
        !registered.stands(chain),
        registered.owner(),
        registered.wallet(),
        registered.uri(),
        did,
        links);
  }

  private Optional<AgentClaims> claims(RegisteredAgent agent, List<LinkFinding> links) {
    if (agent.owner().isEmpty()) {
      links.add(LinkFinding.waits(AgentLink.REGISTRY_NAMES_FILE, AgentLink.AGENT_REGISTERED));
      return Optional.empty();
    }
    if (agent.uri().isEmpty()) {
      links.add(
          LinkFinding.missing(
              AgentLink.REGISTRY_NAMES_FILE,
              "uri_not_set",
              "the registry has no URI of a registration file",
              "Its owner calls setAgentURI"));
      return Optional.empty();
    }
    AgentFiles.Reading reading = files.read(agent.uri().get());
    links.add(FileLinks.file(reading));
    return reading instanceof AgentFiles.Reading.Read(AgentClaims claims)
        ? Optional.of(claims)
        : Optional.empty();
  }
}
