package org.earnest.reputation.store;

import java.time.Duration;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/**
 * Standings of a chain that is read for the first time: entries are counted all at once when its
 * head is near. Until then nobody is answered, as what is counted would lag behind the cursor.
 */
final class UncountedStandings {
  /** For millions of entries it takes minutes. */
  private static final Duration COUNTING_PATIENCE = Duration.ofHours(1);

  private UncountedStandings() {}

  static void begin(Handle handle, Caip2ChainId chain) {
    handle.execute("insert into reputation.uncounted (chain) values (?)", chain.toString());
  }

  static boolean are(Handle handle, Caip2ChainId chain) {
    return handle
        .createQuery("select exists (select from reputation.uncounted where chain = ?)")
        .bind(0, chain.toString())
        .mapTo(Boolean.class)
        .one();
  }

  /** Counts them unless they are; inside a transaction. */
  static void count(Handle handle, Caip2ChainId chain) {
    if (are(handle, chain)) {
      // Before anything is waited for: a run that was killed while it counted may be counting
      // still.
      Database.allow(handle, COUNTING_PATIENCE);
      // Who else moves the cursor has its entries in before they are counted, or counts them
      // itself.
      ask(handle, "select from reputation.followed_chain where chain = ? for update", chain);
      int uncounted =
          handle.execute("delete from reputation.uncounted where chain = ?", chain.toString());
      if (uncounted > 0) {
        ask(handle, "select reputation.count_all_feedback(?)", chain);
      }
    }
  }

  private static void ask(Handle handle, String statement, Caip2ChainId chain) {
    handle.createQuery(statement).bind(0, chain.toString()).mapToMap().list();
  }
}
