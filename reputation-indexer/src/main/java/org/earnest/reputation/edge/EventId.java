package org.earnest.reputation.edge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.http.Problem;
import org.earnest.reputation.store.ChangePosition;

/** A position as the id of an event: chain, block number, block hash, rewinds, log index, rank. */
final class EventId {
  private static final Pattern ID =
      Pattern.compile(
          "([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32})/([0-9]{1,18})/(0x[0-9a-f]{64})/([0-9]{1,18})/([0-9]{1,9}|end)/([0-9])");
  private static final String END = "end";

  private EventId() {}

  static String write(ChangePosition position) {
    BlockRef block = position.block();
    boolean end = position.logIndex() == Integer.MAX_VALUE;
    return "%s/%d/%s/%d/%s/%d"
        .formatted(
            block.chain(),
            block.number(),
            block.hash(),
            position.rewinds(),
            end ? END : Integer.toString(position.logIndex()),
            end ? 0 : position.rank());
  }

  /** 400 {@code invalid_request}, or {@code cursor_of_another_chain}. */
  static ChangePosition read(String text, Caip2ChainId chain) {
    Matcher id = ID.matcher(text);
    if (!id.matches()) {
      throw Query.refusal(
          "Last-Event-ID: give the id of the last event as it came, or none to begin at the head");
    }
    if (!id.group(1).equals(chain.toString())) {
      throw Problem.of(
              400,
              "cursor_of_another_chain",
              "The cursor belongs to another chain",
              "The last event was of %s, and this index follows %s. Connect without Last-Event-ID."
                  .formatted(id.group(1), chain))
          .asException();
    }
    BlockRef block = new BlockRef(chain, Long.parseLong(id.group(2)), new Hash32(id.group(3)));
    long rewinds = Long.parseLong(id.group(4));
    return id.group(5).equals(END)
        ? ChangePosition.after(block, rewinds)
        : new ChangePosition(
            block, rewinds, Integer.parseInt(id.group(5)), Integer.parseInt(id.group(6)));
  }
}
