package org.earnest.core.chain;

/** An EVM account on one chain by its CAIP-10 identifier, {@code eip155:1:0xab…}. */
public record Caip10AccountId(Caip2ChainId chain, EvmAddress address) {
  public static Caip10AccountId parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not a CAIP-10 account id: chain:address expected");
    }
    return new Caip10AccountId(
        Caip2ChainId.parse(text.substring(0, colon)), new EvmAddress(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return chain + ":" + address;
  }
}
