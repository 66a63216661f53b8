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
 */
public record CardCriteria(
    Caip10AccountId registry, Optional<String> text, List<String> capabilities) {
  public CardCriteria {
    capabilities = List.copyOf(capabilities);
  }
}
