package org.earnest.credentials.delegation;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.OpenedDeals;
import org.earnest.core.deal.OpenedDealsUnavailableException;

/**
 * Judges whether a deal's client may open it under a chain of delegations. The limits of every link
 * are held against what the accounts of this chain spent, the last one's and those above it.
 *
 * <p>Other chains are not seen: who passes a limit on to several delegates passes it on to each of
 * them. A principal that wants a limit for all together allows no further links, or keeps no more
 * in the accounts.
 *
 * <p>Whoever relies on the answer opens or countersigns the deal at once: two deals that are judged
 * at the same time do not see each other.
 */
public final class DelegatedDeal {
  /** What a limit per day counts over. */
  public static final Duration DAY = Duration.ofHours(24);

  private final OpenedDeals opened;

  public DelegatedDeal(OpenedDeals opened) {
    this.opened = opened;
  }

  /** Stable reasons to refuse. */
  public enum Refusal {
    /** A link is not valid now. */
    NOT_VALID_NOW,
    /** Opening deals is not among the actions. */
    ACTION_NOT_ALLOWED,
    /** The client is not the account that the last delegate acts with. */
    NOT_THE_DELEGATE,
    /** The token is not that of the limit. */
    OTHER_ASSET,
    /** More than one deal may cost. */
    OVER_DEAL_LIMIT,
    /** More than may be spent in 24 hours. */
    OVER_DAY_LIMIT;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The reason to refuse, or empty where the deal is allowed.
   *
   * @param chain on which the deal would be
   * @param now by the chain's newest block
   * @throws OpenedDealsUnavailableException when the ledger cannot tell
   */
  public Optional<Refusal> refusal(
      DelegationChain delegations, Caip2ChainId chain, DealTerms terms, Instant now) {
    AgentDelegation last = delegations.last();
    Caip10AccountId client = new Caip10AccountId(chain, terms.head().client());
    Caip19AssetId asset = new Caip19AssetId(chain, terms.head().token());
    if (!delegations.links().stream().allMatch(link -> link.mandate().isValidAt(now))) {
      return Optional.of(Refusal.NOT_VALID_NOW);
    }
    if (!last.mandate().actions().contains(Mandate.OPEN_DEAL)) {
      return Optional.of(Refusal.ACTION_NOT_ALLOWED);
    }
    if (!last.account().equals(client)) {
      return Optional.of(Refusal.NOT_THE_DELEGATE);
    }
    if (!last.mandate().limit().asset().equals(asset)) {
      return Optional.of(Refusal.OTHER_ASSET);
    }
    if (terms.total().compareTo(last.mandate().limit().perDeal()) > 0) {
      return Optional.of(Refusal.OVER_DEAL_LIMIT);
    }
    return overDayLimit(delegations.links(), terms.total(), now.minus(DAY))
        ? Optional.of(Refusal.OVER_DAY_LIMIT)
        : Optional.empty();
  }

  /** From the last link up: what is known of an account's spending is known of those above it. */
  private boolean overDayLimit(List<AgentDelegation> links, BigInteger wanted, Instant since) {
    BigInteger spent = wanted;
    for (int i = links.size() - 1; i >= 0; i--) {
      AgentDelegation link = links.get(i);
      if (isNewAccount(links, i)) {
        spent =
            spent.add(opened.openedSince(link.account(), link.mandate().limit().asset(), since));
      }
      if (spent.compareTo(link.mandate().limit().perDay()) > 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNewAccount(List<AgentDelegation> links, int at) {
    return links.subList(at + 1, links.size()).stream()
        .noneMatch(below -> below.account().equals(links.get(at).account()));
  }
}
