package org.earnest.credentials.delegation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.delegation.BrokenLink.Reason;

/**
 * Delegations from a principal to whoever acts, each within the one before: nobody passes on more
 * than he was given. The links are verified credentials, so signatures, validity and status were
 * judged; here it is judged that they belong together.
 */
public final class DelegationChain {
  public static final int MAX_LINKS = Mandate.MAX_FURTHER_LINKS + 1;

  private static final String EXPECTED =
      AgentDelegation.TYPE + " that no selective suite such as ecdsa-sd-2023 secures";

  private final Did principal;
  private final List<AgentDelegation> links;

  private DelegationChain(Did principal, List<AgentDelegation> links) {
    this.principal = principal;
    this.links = List.copyOf(links);
  }

  /** A chain, or the first link that breaks it. */
  public sealed interface Judgement {
    record Whole(DelegationChain chain) implements Judgement {}

    record Broken(BrokenLink link) implements Judgement {}
  }

  /**
   * Judges credentials, the principal's first.
   *
   * @param credentials whose status was verified just now: a link that was revoked ends all below
   */
  public static Judgement of(List<VerifiedCredential> credentials) {
    if (credentials.isEmpty() || credentials.size() > MAX_LINKS) {
      return broken(0, Reason.CHAIN_LENGTH, "1 to " + MAX_LINKS + " delegations");
    }
    List<AgentDelegation> links = new ArrayList<>();
    for (VerifiedCredential credential : credentials) {
      Optional<AgentDelegation> link = AgentDelegation.of(credential);
      if (link.isEmpty()) {
        return broken(links.size(), Reason.NOT_A_DELEGATION, EXPECTED);
      }
      links.add(link.get());
    }
    for (int i = 0; i < links.size(); i++) {
      Optional<BrokenLink> broken = new LinkRules(credentials, links, i).broken();
      if (broken.isPresent()) {
        return new Judgement.Broken(broken.get());
      }
    }
    return new Judgement.Whole(new DelegationChain(credentials.getFirst().issuer(), links));
  }

  private static Judgement broken(int link, Reason reason, String detail) {
    return new Judgement.Broken(new BrokenLink(link, reason, detail + " expected"));
  }

  /** For whom the last delegate acts. */
  public Did principal() {
    return principal;
  }

  /** The principal's first. */
  public List<AgentDelegation> links() {
    return links;
  }

  /** Who acts, and within what: the last link, as every link lies within the one before. */
  public AgentDelegation last() {
    return links.getLast();
  }
}
