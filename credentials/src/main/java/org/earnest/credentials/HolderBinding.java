package org.earnest.credentials;

import org.earnest.credentials.sdjwt.KeyBinding;

/** Whether a verifier of SD-JWTs demands the holder's proof. Never: if there happens to be one. */
public sealed interface HolderBinding {
  /**
   * The holder must answer this.
   *
   * @param expected whose nonce {@link Challenges} made; it is used up
   */
  record Required(KeyBinding expected) implements HolderBinding {}

  /** Anybody may present it; a holder's proof is refused, because nobody would look at it. */
  record NotExpected() implements HolderBinding {}
}
