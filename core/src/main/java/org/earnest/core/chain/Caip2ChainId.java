package org.earnest.core.chain;

import java.util.regex.Pattern;

/** A chain by its CAIP-2 identifier, for example {@code eip155:8453}. */
public record Caip2ChainId(String namespace, String reference) {
  private static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
  private static final Pattern REFERENCE = Pattern.compile("[-_a-zA-Z0-9]{1,32}");
  private static final Pattern EIP155_REFERENCE = Pattern.compile("[1-9][0-9]{0,18}");
  private static final String EIP155 = "eip155";

  public Caip2ChainId {
    if (!NAMESPACE.matcher(namespace).matches() || !REFERENCE.matcher(reference).matches()) {
      throw new IllegalArgumentException("not a CAIP-2 chain id: namespace:reference expected");
    }
    if (namespace.equals(EIP155) && !EIP155_REFERENCE.matcher(reference).matches()) {
      throw new IllegalArgumentException("an eip155 chain id must be a positive decimal number");
    }
  }

  /** The EVM chain with this EIP-155 id. */
  public static Caip2ChainId eip155(long chainId) {
    return new Caip2ChainId(EIP155, Long.toString(chainId));
  }

  public static Caip2ChainId parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not a CAIP-2 chain id: namespace:reference expected");
    }
    return new Caip2ChainId(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * The EIP-155 number of an EVM chain.
   *
   * @throws IllegalStateException when the namespace is another
   */
  public long eip155Reference() {
    if (!namespace.equals(EIP155)) {
      throw new IllegalStateException(this + " is not an EVM chain");
    }
    return Long.parseLong(reference);
  }

  @Override
  public String toString() {
    return namespace + ":" + reference;
  }
}
