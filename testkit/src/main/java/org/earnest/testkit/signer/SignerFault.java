package org.earnest.testkit.signer;

/** How a remote signer may fail its caller. */
public enum SignerFault {
  /** Hangs up without an answer. */
  DROPPED,
  /** Never answers. */
  SILENT,
  /** 404, as for a key that was not loaded. */
  UNKNOWN_KEY,
  /** 500. */
  BROKEN,
  /** 200, and something that is no signature. */
  GARBAGE,
  /** 200, and a signature of which the last byte is missing. */
  CUT_SHORT,
  /** 200, and an answer beyond all bounds. */
  ENDLESS,
  /** 200, and another key's signature. */
  OTHER_KEY,
  /** 200, and the key's signature of something else. */
  OTHER_DATA,
}
