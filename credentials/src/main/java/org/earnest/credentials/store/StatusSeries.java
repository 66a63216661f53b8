package org.earnest.credentials.store;

import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.TokenList;

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

    /** Of a list that is served. */
    public String mediaType() {
      return this == BITSTRING ? "application/vc" : "application/" + TokenList.TYPE;
    }

    String text() {
      return this == BITSTRING ? "bitstring" : "token";
    }

    static Form of(String text) {
      return text.equals("bitstring") ? BITSTRING : TOKEN;
    }
  }

  /** Token Status Lists of this issuer, for revocation. */
  public static StatusSeries token(String issuer) {
    return new StatusSeries(issuer, Form.TOKEN, StatusPurpose.REVOCATION, 1);
  }

  /** Bitstrings of this issuer. */
  public static StatusSeries bitstring(String issuer, StatusPurpose purpose, int bits) {
    return new StatusSeries(issuer, Form.BITSTRING, purpose, bits);
  }
}
