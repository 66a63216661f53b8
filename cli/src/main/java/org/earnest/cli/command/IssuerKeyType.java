package org.earnest.cli.command;

import org.earnest.credentials.key.KeyType;

/** Types of an issuer's key as they are typed. */
enum IssuerKeyType {
  ed25519(KeyType.ED25519),
  p256(KeyType.P256),
  p384(KeyType.P384);

  private final KeyType type;

  IssuerKeyType(KeyType type) {
    this.type = type;
  }

  KeyType type() {
    return type;
  }
}
