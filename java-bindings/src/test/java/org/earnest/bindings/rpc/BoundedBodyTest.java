package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private static final long SEED = 7540;
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_PART = 100_000;

  private boolean cancelled;

  @Test
  void putsTogetherWhatCameInPartsOfAnySize() {
    Random random = new Random(SEED);
    for (int size : new int[] {0, 1, 4_095, 4_096, 4_097, 69_632, 69_633, MAX_BYTES}) {
      byte[] whole = new byte[size];
      random.nextBytes(whole);
      BoundedBody body = body();
      for (int at = 0; at < size; ) {
        int part = Math.min(size - at, 1 + random.nextInt(MAX_PART));
        int half = part / 2;
        body.onNext(
            List.of(
                ByteBuffer.wrap(whole, at, half), ByteBuffer.wrap(whole, at + half, part - half)));
        at += part;
      }
      body.onComplete();
      assertThat(body.getBody().toCompletableFuture().join())
          .as("seed %d, %d bytes", SEED, size)
          .isEqualTo(whole);
    }
    assertThat(cancelled).isFalse();
  }

  @Test
  void hangsUpBeyondItsBound() {
    BoundedBody body = body();
    body.onNext(List.of(ByteBuffer.allocate(MAX_BYTES)));
    assertThat(cancelled).isFalse();
    body.onNext(List.of(ByteBuffer.allocate(1)));
    assertThat(cancelled).isTrue();
    assertThatThrownBy(() -> body.getBody().toCompletableFuture().join())
        .hasCauseInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void takesNoRoomForWhatComesAfterItHungUp() {
    BoundedBody body = body();
    body.onNext(List.of(ByteBuffer.allocate(MAX_BYTES + 1)));
    List<ByteBuffer> more = List.of(ByteBuffer.allocate(MAX_BYTES));
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = memory.getCurrentThreadAllocatedBytes();
    body.onNext(more);
    body.onComplete();
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_BYTES);
  }

  private BoundedBody body() {
    BoundedBody body = new BoundedBody(MAX_BYTES);
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long parts) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
    return body;
  }
}
