package org.earnest.credentials.delegation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.deal.DealAuthority;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.OpenedDeals;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.VerifiedCredential;

/** Verifies every delegation, then the chain, then the deal. */
public final class VerifiedAuthority implements DealAuthority {
  private final CredentialVerifier verifier;

  public VerifiedAuthority(CredentialVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Verdict judge(
      List<String> delegations,
      Caip2ChainId chain,
      DealTerms terms,
      Instant now,
      OpenedDeals opened) {
    if (delegations.size() > DelegationChain.MAX_LINKS) {
      // Before any is verified, which may cost fetches.
      return new Verdict.Refused(
          BrokenLink.Reason.CHAIN_LENGTH.code(),
          "A chain has " + DelegationChain.MAX_LINKS + " delegations at most.",
          false);
    }
    List<VerifiedCredential> verified = new ArrayList<>();
    for (String delegation : delegations) {
      switch (verifier.verify(delegation.getBytes(UTF_8))) {
        case VerificationOutcome.Verified good -> verified.add(good.credential());
        case VerificationOutcome.Refused bad -> {
          return new Verdict.Refused(
              "delegation_refused",
              "Delegation %d: %s: %s"
                  .formatted(verified.size(), bad.refusal().code(), bad.detail()),
              bad.refusal().retryable());
        }
      }
    }
    return switch (DelegationChain.of(verified)) {
      case DelegationChain.Judgement.Whole(DelegationChain whole) ->
          judge(whole, chain, terms, now, opened);
      case DelegationChain.Judgement.Broken(BrokenLink broken) ->
          new Verdict.Refused(
              broken.reason().code(),
              "Delegation %d: %s.".formatted(broken.link(), broken.detail()),
              false);
    };
  }

  private static Verdict judge(
      DelegationChain delegations,
      Caip2ChainId chain,
      DealTerms terms,
      Instant now,
      OpenedDeals opened) {
    return new DelegatedDeal(opened)
        .refusal(delegations, chain, terms, now)
        .<Verdict>map(
            refusal ->
                new Verdict.Refused(
                    refusal.code(), "The delegations do not allow this deal.", false))
        .orElseGet(
            () -> new Verdict.Allowed(delegations.principal(), delegations.last().delegate()));
  }
}
