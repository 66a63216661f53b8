package org.earnest.kit.submission;

import java.math.BigInteger;
import java.time.Duration;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionId;
import org.jdbi.v3.core.Handle;

/** What an account may have to pay for what it signed; the history remembers every attempt. */
final class Commitments {
  private Commitments() {}

  static BigInteger sum(
      Handle handle, Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
    return handle
        .createQuery(
            """
            select coalesce(sum(cost), 0) from (
              select max(h.gas_limit * h.max_fee_per_gas + case when h.cancels then 0 else s.value end)
                as cost
              from submissions.submission_history h join submissions.submission s on s.id = h.id
              where h.signer = :signer and h.state in ('prepared', 'signed')
                and (h.at > now() - make_interval(secs => :seconds)
                  or s.state in ('prepared', 'signed', 'broadcast', 'reorganised'))
                and s.chain = :chain and h.id <> :except
              group by h.id
            ) dearest
            """)
        .bind("signer", signer.hex())
        .bind("seconds", (double) window.toSeconds())
        .bind("chain", chain.toString())
        .bind("except", except.digest().bytes())
        .mapTo(BigInteger.class)
        .one();
  }
}
