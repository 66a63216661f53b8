package org.earnest.credentials.store;

import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.TokenList;
import org.earnest.credentials.status.TokenValue;

/**
 * Lists that are filled one after another.
 *
 * @param issuer whose lists they are
 * @param purpose of a bitstring; a token list that has room for it says suspension, too
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

  /** Token Status Lists of this issuer, for revocation and suspension at once. */
  public static StatusSeries token(String issuer) {
    return new StatusSeries(issuer, Form.TOKEN, StatusPurpose.REVOCATION, TokenValue.BITS);
  }

  /** Bitstrings of this issuer. */
  public static StatusSeries bitstring(String issuer, StatusPurpose purpose, int bits) {
    return new StatusSeries(issuer, Form.BITSTRING, purpose, bits);
  }
}
