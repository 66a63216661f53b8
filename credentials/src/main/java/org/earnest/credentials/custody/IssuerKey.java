package org.earnest.credentials.custody;

import java.time.Instant;
import org.earnest.credentials.key.KeyType;

/**
 * A key that an issuer has or had. It is never forgotten, so that no id comes twice.
 *
 * @param name in its custody
 * @param multibase the public key as Multikey writes it, which is also the fragment of its id
 * @param made when
 * @param destroyed whether the private key is known to be gone
 */
public record IssuerKey(
    String name, KeyType type, String multibase, Instant made, KeyState state, boolean destroyed) {
  IssuerKey as(KeyState other) {
    return new IssuerKey(name, type, multibase, made, other, destroyed);
  }

  IssuerKey withoutPrivateKey() {
    return new IssuerKey(name, type, multibase, made, state, true);
  }
}
