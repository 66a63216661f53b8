package org.earnest.cli.demo;

import java.nio.charset.StandardCharsets;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/**
 * Something that is delivered, or shown as evidence.
 *
 * @param uri where the host serves it
 */
record Work(Hash32 hash, String uri) {
  static Work publish(Stage stage, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Hash32 hash = Keccak256.hash(bytes);
    return new Work(hash, stage.host().uri() + stage.host().deliverables().publish(hash, bytes));
  }
}
