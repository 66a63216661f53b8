package org.earnest.payments.facilitator;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Hash32;

/** What was sold through a facilitator, of sellers that want it to be found. */
public interface Catalogue {
  /** Entries at a time. */
  int MAX_PAGE = 100;

  /**
   * Remembers what was paid for, once for each settlement: whoever has paid for one thing lists
   * one.
   *
   * @param settlement its id; nothing is listed for one that is not known
   */
  void sold(Hash32 settlement, Listing listing);

  /**
   * A page, what was sold last first.
   *
   * @param type such as {@code http} or {@code mcp}; empty for any
   * @param words of which each is in the address or the description; empty for any
   * @param limit 1 to {@link #MAX_PAGE}
   */
  Page list(Optional<String> type, List<String> words, int limit, int offset);

  /**
   * Some of several.
   *
   * @param total how many there are in all
   */
  record Page(List<Listing> listings, long total) {
    public Page {
      listings = List.copyOf(listings);
    }
  }

  /** One that remembers nothing. */
  static Catalogue none() {
    return new Catalogue() {
      @Override
      public void sold(Hash32 settlement, Listing listing) {}

      @Override
      public Page list(Optional<String> type, List<String> words, int limit, int offset) {
        return new Page(List.of(), 0);
      }
    };
  }
}
