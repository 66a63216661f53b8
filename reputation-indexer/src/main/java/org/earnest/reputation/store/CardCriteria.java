package org.earnest.reputation.store;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip10AccountId;

/**
 * What an agent's registration file has to say; only one that names the agent back counts.
 *
 * @param registry whose agents they are
 * @param text words of name and description, as a search engine takes them
 * @param capabilities all of which it must have
 * @param words each of which, in one of its forms, leads to all such agents; see {@link CardWords}
 */
public record CardCriteria(
    Caip10AccountId registry,
    Optional<String> text,
    List<String> capabilities,
    List<List<String>> words) {
  public CardCriteria {
    capabilities = List.copyOf(capabilities);
    words = words.stream().map(List::copyOf).toList();
  }

  /** Before it is known which words lead there. */
  public CardCriteria(Caip10AccountId registry, Optional<String> text, List<String> capabilities) {
    this(registry, text, capabilities, List.of());
  }

  CardCriteria ledToBy(List<List<String>> these) {
    return new CardCriteria(registry, text, capabilities, these);
  }
}
