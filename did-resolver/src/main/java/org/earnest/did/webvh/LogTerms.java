package org.earnest.did.webvh;

import java.util.List;
import org.earnest.did.key.PublicKeyMultibase;

/**
 * What a new log asks of entries to come.
 *
 * @param promised keys of which one must write the next entry (pre-rotation); empty for any that
 *     the entry before hands over to
 * @param witnesses keys that must approve entries; empty where nobody must
 * @param threshold how many of them must; 0 where nobody must
 */
public record LogTerms(
    List<PublicKeyMultibase> promised, List<PublicKeyMultibase> witnesses, int threshold) {
  /** Nothing but a key's signature. */
  public static final LogTerms NONE = new LogTerms(List.of(), List.of(), 0);

  /** Refuses a threshold that cannot be met, or that is met by nobody. */
  public LogTerms {
    promised = List.copyOf(promised);
    witnesses = List.copyOf(witnesses);
    boolean fits =
        witnesses.isEmpty() ? threshold == 0 : threshold >= 1 && threshold <= witnesses.size();
    if (!fits) {
      throw new IllegalArgumentException("a threshold lies between 1 and the number of witnesses");
    }
  }
}
