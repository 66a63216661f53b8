package org.earnest.bindings.submission;

/**
 * The order in which one process sends for one account: that of the nonces. A place is taken within
 * the turn to sign and left when its transaction was sent, so that signing and sending overlap. A
 * later nonce that comes first all the same, from another process, waits in the node's pool.
 */
final class Wire {
  private final QueueLock queue;

  Wire(Ticks ticks) {
    this.queue = ticks.lock(true);
  }

  Place place() {
    return new Place();
  }

  final class Place implements AutoCloseable {
    private boolean taken;

    /**
     * Waits until what was signed before is sent; what patience does not last for is left to the
     * next round, which sends all that is stored.
     */
    Signing taken(Signing signing, Patience waiting) {
      if (!(signing instanceof Signing.Stored stored)) {
        return signing;
      }
      taken = waiting.lock(queue);
      return taken ? stored : new Signing.Recorded(stored.submission());
    }

    @Override
    public void close() {
      if (taken) {
        queue.unlock();
      }
    }
  }
}
