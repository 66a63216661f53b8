package org.earnest.bench.indexer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;

/** A node during whose answers something happens. */
final class ChangingRpc implements JsonRpc {
  private final JsonRpc node;
  private int left;
  private boolean afterwards;
  private Runnable change = () -> {};
  private CountDownLatch done = new CountDownLatch(0);

  ChangingRpc(JsonRpc node) {
    this.node = node;
  }

  /**
   * Plans a change.
   *
   * @param question for logs from now on, during which it happens; 1 is the next
   * @param after the node has looked for its answer, or before
   */
  synchronized void during(int question, boolean after, Runnable what) {
    left = question;
    afterwards = after;
    change = what;
    done = new CountDownLatch(1);
  }

  /** Whether what was planned happened before patience ended. */
  boolean awaitChange(Duration patience) throws InterruptedException {
    return planned().await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized CountDownLatch planned() {
    return done;
  }

  @Override
  public RpcReply call(String method, Object... params) {
    boolean now = method.equals("eth_getLogs") && isTheOne();
    if (now && !afterwards) {
      happen();
    }
    RpcReply reply = node.call(method, params);
    if (now && afterwards) {
      happen();
    }
    return reply;
  }

  private synchronized boolean isTheOne() {
    return --left == 0;
  }

  private synchronized void happen() {
    change.run();
    done.countDown();
  }
}
