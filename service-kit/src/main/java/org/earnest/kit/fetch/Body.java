package org.earnest.kit.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The bytes of an answer. */
public final class Body {
  private final byte[] bytes;

  Body(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** As UTF-8; what is none becomes replacement characters. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  @Override
  public String toString() {
    return "Body[" + bytes.length + " bytes]";
  }
}
