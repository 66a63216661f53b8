package org.earnest.bindings.rpc;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body, and hangs up when it grows too large. */
public final class BoundedBody implements BodySubscriber<byte[]> {
  /** Most bodies are as short. */
  private static final int FIRST_PIECE = 1 << 12;

  private static final int PIECE = 1 << 16;

  private final int maxBytes;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final List<ByteBuffer> received = new ArrayList<>();
  private int length;
  private Flow.@Nullable Subscription subscription;

  public BoundedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    subscription = opened;
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (body.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      receive(buffer);
    }
    if (length > maxBytes) {
      received.clear();
      if (subscription != null) {
        subscription.cancel();
      }
      body.completeExceptionally(new BodyTooLargeException(maxBytes));
    }
  }

  /** Into pieces that never move, as an answer may be megabytes, and its sender may send bytes. */
  private void receive(ByteBuffer buffer) {
    length = Math.addExact(length, buffer.remaining());
    while (buffer.hasRemaining()) {
      if (received.isEmpty() || !received.getLast().hasRemaining()) {
        received.add(ByteBuffer.allocate(received.isEmpty() ? FIRST_PIECE : PIECE));
      }
      ByteBuffer piece = received.getLast();
      int part = Math.min(piece.remaining(), buffer.remaining());
      piece.put(buffer.slice(buffer.position(), part));
      buffer.position(buffer.position() + part);
    }
  }

  @Override
  public void onError(Throwable error) {
    body.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    if (body.isDone()) {
      return;
    }
    byte[] bytes = new byte[length];
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    received.forEach(piece -> whole.put(piece.flip()));
    received.clear();
    body.complete(bytes);
  }
}
