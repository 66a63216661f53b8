package org.earnest.did.webvh;

import org.earnest.did.key.PublicKeyMultibase;

/** Signs entries of a log with an Ed25519 key, wherever that is. */
public interface LogSigner {
  PublicKeyMultibase key();

  /** 64 bytes (RFC 8032). */
  byte[] sign(byte[] message);
}
