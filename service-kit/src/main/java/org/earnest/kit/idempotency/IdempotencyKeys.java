package org.earnest.kit.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.Problem;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a POST that changes state the {@code Idempotency-Key} header. The first success under a key
 * is saved and answered again for ever; a failure is not, so that sending the same again may
 * succeed. Without the header a request runs as it is.
 *
 * <p>A handler may run again for a request that it completed, when the process died before the
 * answer was saved. So handlers stay idempotent by their natural keys; this saves the answer.
 */
public final class IdempotencyKeys {
  public static final String HEADER = "Idempotency-Key";
  public static final int MAX_KEY_LENGTH = 255;

  /** Longer than any request may take, so that a living holder is never overtaken. */
  static final Duration LEASE = Host.MAX_REQUEST_TIME.plusSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1," + MAX_KEY_LENGTH + "}");

  private static final Problem INVALID =
      Problem.of(
          400,
          "invalid_idempotency_key",
          "The idempotency key is not valid",
          "A key has 1 to 255 visible ASCII characters, such as a UUID.");
  private static final Problem REUSED =
      Problem.of(
          409,
          "idempotency_key_reused",
          "The idempotency key belongs to another request",
          "Another request was sent under this key. Take a new key for a new request.");
  private static final Problem IN_PROGRESS =
      Problem.of(
              409,
              "idempotency_key_in_progress",
              "The request is being worked on",
              "The same request came before and is not answered yet. Send it again in a moment.")
          .retry();

  private final AnswerStore store;

  private IdempotencyKeys(AnswerStore store) {
    this.store = store;
  }

  /** Brings the schema up to date. */
  public static IdempotencyKeys open(Database database) {
    return open(database, LEASE);
  }

  static IdempotencyKeys open(Database database, Duration lease) {
    database.migrate(AnswerStore.SCHEMA);
    return new IdempotencyKeys(new AnswerStore(database, lease));
  }

  /**
   * The handler with the header.
   *
   * @param service keys of different services do not meet
   */
  public Handler around(String service, Handler handler) {
    return context -> {
      String key = context.header(HEADER);
      if (key == null) {
        handler.handle(context);
      } else if (!KEY.matcher(key).matches()) {
        INVALID.send(context);
      } else {
        once(service, key, handler, context);
      }
    };
  }

  private void once(String service, String key, Handler handler, Context context) throws Exception {
    switch (store.claim(service, key, digest(context))) {
      case Claim.Ours(UUID token) -> work(service, key, token, handler, context);
      case Claim.Answered(SavedAnswer answer) -> answer.replay(context);
      case Claim.InProgress() -> {
        context.header("Retry-After", "1");
        IN_PROGRESS.send(context);
      }
      case Claim.Reused() -> REUSED.send(context);
    }
  }

  private void work(String service, String key, UUID token, Handler handler, Context context)
      throws Exception {
    boolean saved = false;
    try {
      handler.handle(context);
      SavedAnswer answer = SavedAnswer.of(context);
      if (answer.succeeded()) {
        store.answer(service, key, token, answer);
        saved = true;
      }
    } finally {
      if (!saved) {
        release(service, key, token);
      }
    }
  }

  /** What cannot be released now is free when its lease ends. */
  private void release(String service, String key, UUID token) {
    try {
      store.release(service, key, token);
    } catch (DatabaseUnavailableException unavailable) {
      LOG.warn("an idempotency key of {} stays claimed until its lease ends", service, unavailable);
    }
  }

  private static byte[] digest(Context context) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String query = context.queryString() == null ? "" : "?" + context.queryString();
      digest.update((context.method() + "\n" + context.path() + query + "\n").getBytes(UTF_8));
      return digest.digest(context.bodyAsBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
