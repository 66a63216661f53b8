package org.earnest.payments.channel;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of claims, channel by channel. A channel that is in neither has what was claimed of
 * it booked, by this transaction or before it.
 *
 * @param booked of channels that were turned to, what is booked in all, in atomic units since the
 *     channel began; less than was claimed where the channel held less
 * @param skipped of channels that were passed over, why: the hub's error
 */
public record ClaimedChannels(Map<Hash32, BigInteger> booked, Map<Hash32, String> skipped) {
  private static final String BOOKED = "claimed";
  private static final String SKIPPED = "skipped";

  public ClaimedChannels {
    booked = Map.copyOf(booked);
    skipped = Map.copyOf(skipped);
  }

  /** In two members of our own: objects by channel. */
  public void write(ObjectNode extra) {
    ObjectNode totals = extra.putObject(BOOKED);
    booked.forEach((channel, total) -> totals.put(channel.hex(), total.toString()));
    ObjectNode reasons = extra.putObject(SKIPPED);
    skipped.forEach((channel, reason) -> reasons.put(channel.hex(), reason));
  }

  /**
   * What a facilitator says: nothing of any channel, if it claims all or nothing; empty where it
   * cannot be read.
   */
  public static Optional<ClaimedChannels> read(JsonNode extra) {
    try {
      return Optional.of(
          new ClaimedChannels(
              byChannel(extra.path(BOOKED), ChannelState::amount),
              byChannel(extra.path(SKIPPED), reason -> reason.asString(""))));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static <T> Map<Hash32, T> byChannel(JsonNode json, Function<JsonNode, T> reading) {
    return json.properties().stream()
        .collect(
            Collectors.toMap(
                told -> new Hash32(told.getKey()), told -> reading.apply(told.getValue())));
  }
}
