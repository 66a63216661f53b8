package org.earnest.bench.engine;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcCall;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.ChainUnavailableException;

/**
 * Passes calls on, stops where it is told to, and loses some answers: half of these before the node
 * was asked, half after it did what was asked.
 */
final class UnreliableRpc implements JsonRpc {
  private static final int HUNDRED = 100;
  private static final String SEND = "eth_sendRawTransaction";

  private final JsonRpc node;
  private final Stop stop;
  private final int lostPercent;
  private final SplittableRandom random;

  UnreliableRpc(JsonRpc node, Stop stop, int lostPercent, long seed) {
    this.node = node;
    this.stop = stop;
    this.lostPercent = lostPercent;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public RpcReply call(String method, Object... params) {
    return passed(method, () -> node.call(method, params));
  }

  @Override
  public List<RpcReply> callAll(List<RpcCall> calls) {
    return passed(calls.getFirst().method(), () -> node.callAll(calls));
  }

  private <T> T passed(String method, Supplier<T> question) {
    Fate fate = fate();
    if (fate == Fate.LOST_BEFORE) {
      throw lost(method);
    }
    T reply = question.get();
    if (method.equals(SEND)) {
      stop.reach(KillPoint.SENT_UNSTORED);
    }
    if (fate == Fate.LOST_AFTER) {
      throw lost(method);
    }
    return reply;
  }

  private synchronized Fate fate() {
    if (random.nextInt(HUNDRED) >= lostPercent) {
      return Fate.ANSWERED;
    }
    return random.nextBoolean() ? Fate.LOST_BEFORE : Fate.LOST_AFTER;
  }

  private static ChainUnavailableException lost(String method) {
    return new ChainUnavailableException("the answer to " + method + " got lost");
  }

  private enum Fate {
    ANSWERED,
    LOST_BEFORE,
    LOST_AFTER
  }
}
