package org.earnest.credentials.delegation;

import java.util.List;
import java.util.Optional;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.delegation.BrokenLink.Reason;

/** What one link must be to the one before it. */
record LinkRules(List<VerifiedCredential> credentials, List<AgentDelegation> links, int at) {

  Optional<BrokenLink> broken() {
    Optional<ParentDigest> parent =
        at == 0 ? Optional.empty() : Optional.of(ParentDigest.of(credentials.get(at - 1)));
    if (!links.get(at).parent().equals(parent)) {
      return broken(
          Reason.PARENT_MISMATCH,
          parent.map(digest -> "parent " + digest.multibase()).orElse("no parent"));
    }
    return at == 0 ? Optional.empty() : notWithin(links.get(at - 1), links.get(at));
  }

  private Optional<BrokenLink> notWithin(AgentDelegation outer, AgentDelegation inner) {
    if (!credentials.get(at).issuer().equals(outer.delegate())) {
      return broken(Reason.ISSUER_IS_NOT_DELEGATE, "issuer " + outer.delegate());
    }
    Mandate given = outer.mandate();
    Mandate passed = inner.mandate();
    if (passed.furtherLinks() >= given.furtherLinks()) {
      return broken(Reason.LINKS_EXCEEDED, "furtherLinks below " + given.furtherLinks());
    }
    if (!given.actions().containsAll(passed.actions())) {
      return broken(Reason.ACTIONS_WIDENED, "some of " + given.actions());
    }
    if (!passed.limit().isWithin(given.limit())) {
      return broken(Reason.LIMIT_WIDENED, "at most " + given.limit());
    }
    if (passed.validFrom().isBefore(given.validFrom())
        || passed.validUntil().isAfter(given.validUntil())) {
      return broken(
          Reason.VALIDITY_WIDENED, given.validFrom() + " to " + given.validUntil() + " or within");
    }
    return Optional.empty();
  }

  private Optional<BrokenLink> broken(Reason reason, String expected) {
    return Optional.of(new BrokenLink(at, reason, expected + " expected"));
  }
}
