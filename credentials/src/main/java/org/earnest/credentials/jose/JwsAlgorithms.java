package org.earnest.credentials.jose;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.key.KeyType;

/** The algorithms that are allowed: those of the kinds of key that are known, and no other. */
final class JwsAlgorithms {
  /** RFC 9864's name of what RFC 8037 calls EdDSA with an Ed25519 key. */
  private static final String ED25519 = "Ed25519";

  private JwsAlgorithms() {}

  /** The kind of key whose signatures have this name; none for {@code none} and MACs. */
  static Optional<KeyType> typeOf(String name) {
    return name.equals(ED25519) ? Optional.of(KeyType.ED25519) : KeyType.ofJwsAlgorithm(name);
  }

  static Set<JWSAlgorithm> of(KeyType type) {
    JWSAlgorithm usual = JWSAlgorithm.parse(type.jwsAlgorithm());
    return type == KeyType.ED25519 ? Set.of(usual, JWSAlgorithm.parse(ED25519)) : Set.of(usual);
  }
}
