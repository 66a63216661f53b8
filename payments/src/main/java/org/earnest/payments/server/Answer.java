package org.earnest.payments.server;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** What a handler answered; kept, so that whoever paid can have it again. */
public final class Answer {
  /** The longest answer that can be sold, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final int FIRST_UNSOLD = 300;

  private final int status;
  private final Optional<String> contentType;
  private final byte[] body;
  private final Optional<BigInteger> charge;

  /** One that costs what its offer says. */
  public Answer(int status, Optional<String> contentType, byte[] body) {
    this(status, contentType, body, Optional.empty());
  }

  /**
   * One whose price was known after the work.
   *
   * @param charge atomic units, at most the offer's in scheme {@code upto}; other schemes have
   *     their price, whatever is said here
   */
  public Answer(
      int status, Optional<String> contentType, byte[] body, Optional<BigInteger> charge) {
    this.status = status;
    this.contentType = contentType;
    this.body = body.clone();
    this.charge = charge;
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

  /** What it costs in atomic units; empty where that is what its offer says. */
  public Optional<BigInteger> charge() {
    return charge;
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
        && charge.equals(that.charge)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, Arrays.hashCode(body));
  }

  @Override
  public String toString() {
    return "Answer[%d, %d bytes]".formatted(status, body.length);
  }
}
