package org.earnest.core.chain;

/** An ERC-20 token on one chain by its CAIP-19 identifier, {@code eip155:1/erc20:0xab…}. */
public record Caip19AssetId(Caip2ChainId chain, EvmAddress token) {
  private static final String ERC20 = "/erc20:";

  public static Caip19AssetId parse(String text) {
    int slash = text.indexOf(ERC20);
    if (slash < 0) {
      throw new IllegalArgumentException("not a CAIP-19 asset id: chain/erc20:address expected");
    }
    return new Caip19AssetId(
        Caip2ChainId.parse(text.substring(0, slash)),
        new EvmAddress(text.substring(slash + ERC20.length())));
  }

  @Override
  public String toString() {
    return chain + ERC20 + token;
  }
}
