package org.earnest.credentials.custody;

import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.key.KeyType;
import org.jspecify.annotations.Nullable;

/**
 * The key of one kind that signs at this moment, for whoever signs for long: the custody is asked
 * again when the register has changed, so that a key that was rotated or revoked signs no more. A
 * key is opened with its first signature. Safe for use by many threads.
 */
public final class CurrentSigner implements Supplier<DidSigner> {
  private final IssuerKeys keys;
  private final KeyType type;
  private @Nullable Seen seen;

  public CurrentSigner(IssuerKeys keys, KeyType type) {
    this.keys = keys;
    this.type = type;
  }

  private record Seen(RegisterFile.Stamp stamp, DidSigner signer) {}

  /**
   * The key that signs now.
   *
   * @throws SignerUnavailableException where none does, the register cannot be read, or the key is
   *     another issuer's than the first that was given out
   */
  @Override
  public synchronized DidSigner get() {
    Optional<RegisterFile.Stamp> stamp = keys.stamp();
    if (stamp.isEmpty()) {
      throw unavailable(KeyRefusal.UNREADABLE.problem());
    }
    Seen before = seen;
    if (before != null && before.stamp().equals(stamp.get())) {
      return before.signer();
    }
    DidSigner now =
        switch (keys.lateSigner(type)) {
          case KeyOutcome.Done<DidSigner>(DidSigner signer) -> signer;
          case KeyOutcome.Refused<DidSigner>(KeyRefusal refusal) ->
              throw unavailable(refusal.problem());
        };
    if (before != null
        && !before.signer().verificationMethod().did().equals(now.verificationMethod().did())) {
      throw unavailable("the key of this kind is another issuer's now");
    }
    seen = new Seen(stamp.get(), now);
    return now;
  }

  private SignerUnavailableException unavailable(String problem) {
    return new SignerUnavailableException("the issuer's " + type + " key: " + problem);
  }
}
