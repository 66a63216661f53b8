package org.earnest.credentials.delegation;

import java.util.Locale;

/**
 * Why credentials are no chain of delegations.
 *
 * @param link of which credential, counted from the principal's, which is 0
 * @param detail what was expected there
 */
public record BrokenLink(int link, Reason reason, String detail) {
  /** Stable reasons. */
  public enum Reason {
    /** There are none, or more than {@link DelegationChain#MAX_LINKS}. */
    CHAIN_LENGTH,
    /** A credential is no well-formed delegation, or one that its holder may show parts of. */
    NOT_A_DELEGATION,
    /** The first names a parent, or a later one names none or another. */
    PARENT_MISMATCH,
    /** Its issuer is not whom the link before lets act. */
    ISSUER_IS_NOT_DELEGATE,
    /** It may not be passed on that often. */
    LINKS_EXCEEDED,
    /** It allows an action that the link before does not. */
    ACTIONS_WIDENED,
    /** It allows more money, or money of another token, than the link before. */
    LIMIT_WIDENED,
    /** It is valid at a time at which the link before is not. */
    VALIDITY_WIDENED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
