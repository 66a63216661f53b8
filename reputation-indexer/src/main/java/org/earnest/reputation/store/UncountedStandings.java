package org.earnest.reputation.store;

import java.sql.SQLException;
import org.earnest.core.chain.Caip2ChainId;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * Standings of a chain that is read for the first time: entries are counted all at once when its
 * head is near. Until then nobody is answered, as what is counted would lag behind the cursor.
 */
final class UncountedStandings {
  private static final int NO_TIMEOUT = 0;

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

  /**
   * Counts them unless they are; inside a transaction. Over millions of entries it takes minutes.
   */
  static void count(Handle handle, Caip2ChainId chain) {
    // Who else moves the cursor has its entries in before they are counted, or counts them itself.
    handle
        .createQuery("select from reputation.followed_chain where chain = ? for update")
        .bind(0, chain.toString())
        .mapToMap()
        .list();
    int uncounted =
        handle.execute("delete from reputation.uncounted where chain = ?", chain.toString());
    if (uncounted > 0) {
      takeTime(handle);
      handle
          .createQuery("select reputation.count_all_feedback(?)")
          .bind(0, chain.toString())
          .mapToMap()
          .list();
    }
  }

  private static void takeTime(Handle handle) {
    handle.execute("set local statement_timeout = 0");
    try {
      handle.getConnection().setNetworkTimeout(Runnable::run, NO_TIMEOUT);
    } catch (SQLException broken) {
      throw new ConnectionException(broken);
    }
  }
}
