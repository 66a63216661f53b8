package org.earnest.credentials.custody;

import java.util.function.Supplier;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.key.KeyType;
import org.jspecify.annotations.Nullable;

/**
 * A key that the register knows, opened by its first signature: a passphrase takes its time, and
 * many a program that may sign never does.
 */
final class LateSigner implements DidSigner {
  private final DidUrl verificationMethod;
  private final KeyType type;
  private final Supplier<KeyOutcome<DidSigner>> opening;
  private volatile @Nullable DidSigner opened;

  LateSigner(DidUrl verificationMethod, KeyType type, Supplier<KeyOutcome<DidSigner>> opening) {
    this.verificationMethod = verificationMethod;
    this.type = type;
    this.opening = opening;
  }

  @Override
  public DidUrl verificationMethod() {
    return verificationMethod;
  }

  @Override
  public String jwsAlgorithm() {
    return type.jwsAlgorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    DidSigner key = opened;
    return (key == null ? open() : key).sign(message);
  }

  private synchronized DidSigner open() {
    DidSigner before = opened;
    if (before != null) {
      return before;
    }
    return switch (opening.get()) {
      case KeyOutcome.Done<DidSigner>(DidSigner key) -> {
        opened = key;
        yield key;
      }
      case KeyOutcome.Refused<DidSigner>(KeyRefusal refusal) ->
          throw new SignerUnavailableException(
              "the issuer's " + type + " key: " + refusal.problem());
    };
  }

  @Override
  public String toString() {
    return "LateSigner[" + verificationMethod + "]";
  }
}
