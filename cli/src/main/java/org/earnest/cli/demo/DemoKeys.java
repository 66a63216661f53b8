package org.earnest.cli.demo;

import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;

/** Keys of those who have no account on the development chain. Everybody can make them. */
final class DemoKeys {
  private DemoKeys() {}

  static LocalSigner of(String whom) {
    return LocalSigner.of(Keccak256.hash("earnest demo: the " + whom).bytes());
  }
}
