package org.earnest.credentials.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a status is about (Bitstring Status List 1.0 §2.2). */
public enum StatusPurpose {
  /** The credential is void, for good. */
  REVOCATION,
  /** The credential is void for now. */
  SUSPENSION,
  /** A value that the issuer explains. */
  MESSAGE,
  /** A newer credential is to be had. */
  REFRESH;

  /** As it is written, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The purpose, or empty where it is none that is known here. */
  public static Optional<StatusPurpose> of(String text) {
    return Arrays.stream(values()).filter(purpose -> purpose.text().equals(text)).findFirst();
  }
}
