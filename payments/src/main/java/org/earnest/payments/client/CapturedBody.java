package org.earnest.payments.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Lets a caller have a body as it wants it, and keeps a copy of one that may ask for a payment in
 * version 1. Of such a body no more is read than an offer may be long.
 */
final class CapturedBody<T> implements HttpResponse.BodyHandler<T> {
  private final HttpResponse.BodyHandler<T> bodies;
  private Optional<ByteArrayOutputStream> copy = Optional.empty();

  CapturedBody(HttpResponse.BodyHandler<T> bodies) {
    this.bodies = bodies;
  }

  /** The copy, if there is one. */
  Optional<byte[]> bytes() {
    return copy.map(ByteArrayOutputStream::toByteArray);
  }

  @Override
  public HttpResponse.BodySubscriber<T> apply(HttpResponse.ResponseInfo info) {
    HttpResponse.BodySubscriber<T> wanted = bodies.apply(info);
    if (info.statusCode() != Answer.PAYMENT_REQUIRED
        || info.headers().firstValue(PaymentHeaders.PAYMENT_REQUIRED).isPresent()) {
      return wanted;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy = Optional.of(bytes);
    return new Copying<>(wanted, bytes);
  }

  /** Passes on what it copies, and ends the body where it grows too long. */
  private static final class Copying<T> implements HttpResponse.BodySubscriber<T> {
    private final HttpResponse.BodySubscriber<T> wanted;
    private final ByteArrayOutputStream bytes;
    private Flow.@Nullable Subscription source;
    private boolean ended;

    Copying(HttpResponse.BodySubscriber<T> wanted, ByteArrayOutputStream bytes) {
      this.wanted = wanted;
      this.bytes = bytes;
    }

    @Override
    public CompletionStage<T> getBody() {
      return wanted.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source = subscription;
      wanted.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      if (ended) {
        return;
      }
      for (ByteBuffer part : parts) {
        byte[] some = new byte[part.remaining()];
        part.duplicate().get(some);
        bytes.writeBytes(some);
      }
      wanted.onNext(parts);
      if (bytes.size() > WireJson.MAX_BYTES && source != null) {
        source.cancel();
        onComplete();
      }
    }

    @Override
    public void onError(Throwable failure) {
      wanted.onError(failure);
    }

    @Override
    public void onComplete() {
      if (!ended) {
        ended = true;
        wanted.onComplete();
      }
    }
  }
}
