package org.earnest.kit.submission;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignerLease;
import org.jdbi.v3.core.Handle;

/** The leases' rows. The database's clock decides when a term is over, the token who holds it. */
final class SignerLeases {
  private static final double MILLIS = 1000.0;

  private SignerLeases() {}

  static Optional<SignerLease> take(
      Handle handle, Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    return handle
        .createQuery(
            """
            insert into submissions.signer_lease as held (chain, signer, holder, token, expires_at)
            values (:chain, :signer, :holder, 1, clock_timestamp() + make_interval(secs => :term))
            on conflict (chain, signer) do update set
              token = held.token + case when held.holder = excluded.holder then 0 else 1 end,
              holder = excluded.holder,
              expires_at = excluded.expires_at
            where held.holder = excluded.holder or held.expires_at < clock_timestamp()
            returning token
            """)
        .bind("chain", chain.toString())
        .bind("signer", signer.hex())
        .bind("holder", holder)
        .bind("term", term.toMillis() / MILLIS)
        .mapTo(Long.class)
        .findOne()
        .map(token -> new SignerLease(chain, signer, token));
  }

  /** Not waited for: what a crash of the database takes of it, the end of the term gives back. */
  static void release(Handle handle, SignerLease lease) {
    handle
        .createQuery(
            """
            update submissions.signer_lease set expires_at = '-infinity'
            where chain = :chain and signer = :signer and token = :token
            returning set_config('synchronous_commit', 'off', true)
            """)
        .bind("chain", lease.chain().toString())
        .bind("signer", lease.signer().hex())
        .bind("token", lease.token())
        .mapTo(String.class)
        .findOne();
  }
}
