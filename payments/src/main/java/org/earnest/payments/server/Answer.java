package org.earnest.payments.server;

import java.util.Arrays;
import java.util.Optional;

/** What a handler answered; kept, so that whoever paid can have it again. */
public final class Answer {
  /** The longest answer that can be sold, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final int FIRST_UNSOLD = 300;

  private final int status;
  private final Optional<String> contentType;
  private final byte[] body;

  public Answer(int status, Optional<String> contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body.clone();
  }

  public int status() {
    return status;
  }

  public Optional<String> contentType() {
    return contentType;
  }

  public byte[] body() {
    return body.clone();
  }

  /** An answer nobody is charged for: it sends elsewhere, refuses or has failed. */
  boolean isError() {
    return status >= FIRST_UNSOLD;
  }

  boolean isTooLong() {
    return body.length > MAX_BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answer that
        && status == that.status
        && contentType.equals(that.contentType)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * status + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return "Answer[%d, %d bytes]".formatted(status, body.length);
  }
}
