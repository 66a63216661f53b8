package org.earnest.bindings.eip712;

import java.math.BigInteger;
import java.time.Instant;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;

/**
 * An owner's word that its agent goes by a DID. It names the owner, so that it says nothing once
 * the agent has passed to another, and a time, so that it does not count for ever should the agent
 * come back.
 *
 * @param signedAt in whole seconds
 */
public record AgentDid(AgentId agent, Did did, EvmAddress owner, Instant signedAt) {
  private static final Hash32 TYPE =
      Keccak256.hash("AgentDid(uint256 agentId,string did,address owner,uint256 signedAt)");

  /** What the owner signs. */
  public Hash32 digest() {
    return Keccak256.hash(message());
  }

  /** What the digest is made of, for signers that make it themselves. */
  public byte[] message() {
    BigInteger number = agent.tokenId();
    return new Eip712Domain(
            "EarnestAgentDid", "1", agent.registry().chain(), agent.registry().address())
        .message(
            Words.ofType(TYPE)
                .uint(number)
                .word(Keccak256.hash(did.value()))
                .address(owner)
                .uint(signedAt.getEpochSecond())
                .hash());
  }
}
