package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.Ledger;
import org.earnest.cli.report.RunReport;
import org.earnest.devnet.DevAccount.Role;

/**
 * What every step works with.
 *
 * @param books what must have moved, kept apart from the chain
 */
record Stage(EarnestHost host, HouseClient client, RunReport report, Ledger books) {
  LocalSigner signer(Role role) {
    return host.chain().account(role).signer();
  }

  /** Does what moves money, and tells whose has changed. */
  void moving(Runnable work) {
    Map<String, BigInteger> before = books.actual();
    work.run();
    books.tell(report, before);
  }

  /**
   * Lets time pass.
   *
   * @param deadline second of 1970 that is then just over
   * @param meanwhile what happened until then
   */
  void passTime(long deadline, String meanwhile) {
    host.chain().warpTo(deadline + 1);
    report.say("time", meanwhile + "; the chain's clock is moved to " + (deadline + 1));
  }
}
