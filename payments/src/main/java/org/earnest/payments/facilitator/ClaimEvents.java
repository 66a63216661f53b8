package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ClaimedChannels;

/** What the hub says of claims: the first indexed member of its events is the channel. */
final class ClaimEvents {
  private static final Hash32 CLAIMED = topic("Claimed(bytes32,address,uint128,uint128)");
  private static final Hash32 SKIPPED = topic("ClaimSkipped(bytes32,address,bytes4)");
  private static final int PREFIX_CHARS = 2;
  private static final int WORD_CHARS = 2 * Hash32.BYTES;
  private static final int SELECTOR_CHARS = PREFIX_CHARS + 8;

  private ClaimEvents() {}

  private static Hash32 topic(String event) {
    return Keccak256.hash(event.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * What became of channels in a transaction, which may hold more than one batch of claims: what
   * was passed over in one and booked in another is booked.
   */
  static ClaimedChannels read(TransactionReceipt receipt, Set<Hash32> channels) {
    Map<Hash32, BigInteger> booked = new HashMap<>();
    Map<Hash32, String> skipped = new HashMap<>();
    for (ChainLog log : receipt.logs()) {
      if (!log.address().equals(ChannelContracts.HUB)
          || log.topics().size() < 2
          || !channels.contains(log.topics().get(1))) {
        continue;
      }
      Hash32 channel = log.topics().get(1);
      if (log.topics().getFirst().equals(CLAIMED)) {
        booked.merge(channel, total(log.data()), BigInteger::max);
      } else if (log.topics().getFirst().equals(SKIPPED)) {
        skipped.put(
            channel, RevertDecoder.decode(log.data().substring(0, SELECTOR_CHARS)).toString());
      }
    }
    skipped.keySet().removeAll(booked.keySet());
    return new ClaimedChannels(booked, skipped);
  }

  /** The second of two words: what is booked in all. */
  private static BigInteger total(String data) {
    return new BigInteger(data.substring(PREFIX_CHARS + WORD_CHARS), 16);
  }
}
