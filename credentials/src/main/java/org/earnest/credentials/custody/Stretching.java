package org.earnest.credentials.custody;

/** How long a passphrase is stretched before it opens a key (RFC 7518 §4.8.1.2). */
public enum Stretching {
  /** Somebody thought of it: OWASP's count for PBKDF2 with HMAC-SHA-512; others may have half. */
  TYPED(210_000, 100_000),

  /** 256 random bits, which nobody guesses however quick a guess is; the RFC's least count. */
  RANDOM(1_000, 1_000);

  private final int rounds;
  private final int least;

  Stretching(int rounds, int least) {
    this.rounds = rounds;
    this.least = least;
  }

  /** Of a key that is made. */
  int rounds() {
    return rounds;
  }

  /** Of a key that is opened, whoever made it. */
  int least() {
    return least;
  }
}
