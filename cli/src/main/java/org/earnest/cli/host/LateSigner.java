package org.earnest.cli.host;

import java.util.function.Supplier;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;

/** A key that is known by its public half, and opened with its first signature. */
final class LateSigner implements DidSigner {
  private final DidUrl verificationMethod;
  private final KeyType type;
  private final Supplier<DidSigner> opening;
  private volatile @Nullable DidSigner opened;

  LateSigner(DidUrl verificationMethod, KeyType type, Supplier<DidSigner> opening) {
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
    DidSigner signer = opened;
    if (signer == null) {
      signer = open();
      opened = signer;
    }
    return signer.sign(message);
  }

  private DidSigner open() {
    DidSigner signer;
    try {
      signer = opening.get();
    } catch (StartupException refused) {
      throw new SignerUnavailableException(verificationMethod + " cannot be opened", refused);
    }
    if (!signer.verificationMethod().equals(verificationMethod)) {
      throw new SignerUnavailableException(
          verificationMethod + " signs no more; start the host again");
    }
    return signer;
  }
}
