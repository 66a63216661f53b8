package org.earnest.bindings.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one process has signed for one account and not sent yet, in the order of the nonces: one for
 * each caller, and what callers left whose patience ended. One thread sends at a time, and takes
 * along whatever others have queued meanwhile, so that a slow node is asked once for many and can
 * mine them in one block.
 */
final class Wire {
  /** A slow node is to answer within its time; fewer where it takes no more. */
  static final int MOST_AT_ONCE = 64;

  private final Sequencer sequencer;
  private final QueueLock sending;
  private final Queue<Parcel> queue = new ConcurrentLinkedQueue<>();

  Wire(Sequencer sequencer, Ticks ticks) {
    this.sequencer = sequencer;
    this.sending = ticks.lock(true);
  }

  /** Takes its place within the turn. */
  Queued queued(Signing signing) {
    if (!(signing instanceof Signing.Stored stored)) {
      return waiting -> signing;
    }
    Parcel parcel = new Parcel(stored);
    queue.add(parcel);
    return waiting -> sent(parcel, waiting);
  }

  /** Something that is sent after the turn, unless there is nothing to send. */
  interface Queued {
    Signing sent(Patience waiting);
  }

  /** What patience does not last for is taken along by the next, or by the next round. */
  private Signing sent(Parcel parcel, Patience waiting) {
    if (!waiting.lock(sending)) {
      return parcel.asStored();
    }
    try {
      while (parcel.sent == null && !queue.isEmpty()) {
        send();
        if (waiting.ended()) {
          break;
        }
      }
      return parcel.sent == null ? parcel.asStored() : parcel.sent;
    } finally {
      sending.unlock();
    }
  }

  private void send() {
    List<Parcel> parcels = new ArrayList<>();
    while (parcels.size() < MOST_AT_ONCE && !queue.isEmpty()) {
      parcels.add(queue.remove());
    }
    List<Signing> results = sequencer.deliver(parcels.stream().map(each -> each.stored).toList());
    for (int i = 0; i < parcels.size(); i++) {
      parcels.get(i).sent = results.get(i);
    }
  }

  /** Its outcome is written and read under the lock. */
  private static final class Parcel {
    private final Signing.Stored stored;
    private @Nullable Signing sent;

    private Parcel(Signing.Stored stored) {
      this.stored = stored;
    }

    private Signing asStored() {
      return new Signing.Recorded(stored.submission());
    }
  }
}
