package org.earnest.core.chain;

/** What a block's header says of its logs: who is certainly not among them, and who may be. */
@FunctionalInterface
public interface LogsBloom {
  /** Of a header that says nothing, or of one that nobody looked into. */
  LogsBloom SILENT = bytes -> false;

  /**
   * Whether the header speaks of a contract or a topic; a header may speak of what is not there.
   *
   * @param bytes an address, or a topic
   */
  boolean mayHold(byte[] bytes);
}
