package org.earnest.core.identity;

import java.util.regex.Pattern;
import org.earnest.core.chain.Caip10AccountId;

/**
 * A decentralized identifier (DID Core §3.1).
 *
 * @param value {@code did:method:method-specific-id}, without path, query or fragment
 */
public record Did(String value) {
  public static final int MAX_LENGTH = 2048;
  // Runs are taken whole, so that a long identifier cannot exhaust the matcher's stack.
  private static final Pattern SYNTAX =
      Pattern.compile("did:[a-z0-9]++:(?:[A-Za-z0-9._:-]++|%[0-9A-Fa-f]{2})++(?<!:)");

  public Did {
    if (value.length() > MAX_LENGTH || !SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a DID: did:method:id expected");
    }
  }

  /** The did:pkh of an account: it holds no key, and is whoever signs for the account. */
  public static Did pkh(Caip10AccountId account) {
    return new Did("did:pkh:" + account);
  }

  public String method() {
    return value.substring("did:".length(), value.indexOf(':', "did:".length()));
  }

  public String methodSpecificId() {
    return value.substring("did:".length() + method().length() + 1);
  }

  /** This DID with a fragment. */
  public DidUrl fragment(String fragment) {
    return DidUrl.parse(value + "#" + fragment);
  }

  @Override
  public String toString() {
    return value;
  }
}
