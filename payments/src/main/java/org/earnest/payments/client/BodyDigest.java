package org.earnest.payments.client;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/**
 * The SHA-256 digest of a request's body, taken while it is published once more than it is sent.
 */
final class BodyDigest implements Flow.Subscriber<ByteBuffer> {
  private static final String NONE = "";

  private final MessageDigest digest = sha256();
  private final CompletableFuture<String> result = new CompletableFuture<>();

  private BodyDigest() {}

  /** Hexadecimal; empty for a request without a body. */
  static String of(HttpRequest request) throws InterruptedException {
    if (request.bodyPublisher().isEmpty()) {
      return NONE;
    }
    BodyDigest digest = new BodyDigest();
    request.bodyPublisher().get().subscribe(digest);
    try {
      return digest.result.get();
    } catch (ExecutionException failed) {
      throw new IllegalArgumentException(
          "the request's body cannot be published", failed.getCause());
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer part) {
    digest.update(part);
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
