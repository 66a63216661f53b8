package org.earnest.did.webvh;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;

/** A key made of a number. */
record WebvhKey(int seed) {
  byte[] secret() {
    byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
    Arrays.fill(secret, (byte) seed);
    return secret;
  }

  String text() {
    byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(secret(), 0, key, 0);
    return PublicKeyMultibase.of(PublicKeyType.ED25519, key).text();
  }

  String did() {
    return "did:key:" + text();
  }
}
