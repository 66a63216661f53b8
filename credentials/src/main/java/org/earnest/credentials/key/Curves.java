package org.earnest.credentials.key;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/** The NIST curves, in the implementations that are made for each. */
final class Curves {
  private static final ECDomainParameters P256 = named("secp256r1");
  private static final ECDomainParameters P384 = named("secp384r1");

  private Curves() {}

  static ECDomainParameters of(KeyType type) {
    return switch (type) {
      case P256 -> P256;
      case P384 -> P384;
      case ED25519 -> throw new IllegalArgumentException("Ed25519 is no curve for ECDSA");
    };
  }

  private static ECDomainParameters named(String name) {
    X9ECParameters curve = CustomNamedCurves.getByName(name);
    return new ECDomainParameters(curve);
  }
}
