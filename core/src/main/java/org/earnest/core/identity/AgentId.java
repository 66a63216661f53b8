package org.earnest.core.identity;

import java.math.BigInteger;
import org.earnest.core.chain.Caip10AccountId;

/**
 * An agent registered under ERC-8004.
 *
 * @param registry the identity registry
 * @param tokenId the ERC-721 token; Earnest's registry counts from 1, others from 0
 */
public record AgentId(Caip10AccountId registry, BigInteger tokenId) {
  private static final int MAX_BITS = 256;

  public AgentId {
    if (tokenId.signum() < 0 || tokenId.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException("an agent's token id must lie between 0 and 2^256 - 1");
    }
  }

  /** {@code eip155:1:0xregistry:7}. */
  public static AgentId parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,78}")) {
      throw new IllegalArgumentException("not an agent id: chain:registry:tokenId expected");
    }
    return new AgentId(
        Caip10AccountId.parse(text.substring(0, colon)), new BigInteger(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return registry + ":" + tokenId;
  }
}
