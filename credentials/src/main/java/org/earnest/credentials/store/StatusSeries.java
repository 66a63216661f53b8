package org.earnest.credentials.store;

import org.earnest.credentials.status.StatusPurpose;

/**
 * Lists that are filled one after another.
 *
 * @param issuer whose lists they are
 * @param bits of a value
 */
public record StatusSeries(String issuer, Form form, StatusPurpose purpose, int bits) {
  /** How a list is written. */
  public enum Form {
    /** Bitstring Status List 1.0. */
    BITSTRING,
    /** Token Status List. */
    TOKEN;

    String text() {
      return this == BITSTRING ? "bitstring" : "token";
    }

    static Form of(String text) {
      return text.equals("bitstring") ? BITSTRING : TOKEN;
    }
  }

  /** Bitstrings of this issuer. */
  public static StatusSeries bitstring(String issuer, StatusPurpose purpose, int bits) {
    return new StatusSeries(issuer, Form.BITSTRING, purpose, bits);
  }
}
