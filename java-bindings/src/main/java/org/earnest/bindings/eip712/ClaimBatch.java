package org.earnest.bindings.eip712;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/** A receiver's word for what it claims of its channels (x402 {@code batch-settlement}). */
public record ClaimBatch(List<Entry> claims) {
  private static final String ENTRY =
      "ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)";
  private static final Hash32 ENTRY_TYPE = Keccak256.hash(ENTRY);
  private static final Hash32 TYPE = Keccak256.hash("ClaimBatch(ClaimEntry[] claims)" + ENTRY);

  /**
   * What is claimed of a channel.
   *
   * @param maxClaimableAmount of the voucher
   * @param totalClaimed earned in all, since the channel began
   */
  public record Entry(Hash32 channel, BigInteger maxClaimableAmount, BigInteger totalClaimed) {
    private Hash32 structHash() {
      return Words.ofType(ENTRY_TYPE)
          .word(channel)
          .uint(maxClaimableAmount)
          .uint(totalClaimed)
          .hash();
    }
  }

  public ClaimBatch {
    claims = List.copyOf(claims);
  }

  /** What the receivers' authorizer signs. */
  public byte[] message(Eip712Domain hub) {
    return hub.message(structHash());
  }

  public Hash32 digest(Eip712Domain hub) {
    return hub.digest(structHash());
  }

  private Hash32 structHash() {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    claims.forEach(claim -> entries.writeBytes(claim.structHash().bytes()));
    return Words.ofType(TYPE).word(Keccak256.hash(entries.toByteArray())).hash();
  }
}
