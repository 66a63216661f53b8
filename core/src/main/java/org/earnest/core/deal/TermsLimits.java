package org.earnest.core.deal;

import java.time.Duration;
import org.earnest.core.chain.Hash32;

/** Bounds on terms, and the values in them that have a meaning of their own; the contract's. */
public final class TermsLimits {
  /** Platform fee and arbiter's fee at most, in basis points. */
  public static final int MAX_FEE_BPS = 1_000;

  /** How far ahead a leg may be due, in seconds. */
  public static final long MAX_DUE_AHEAD = Duration.ofDays(5 * 365).toSeconds();

  /** Grace at most, in seconds. */
  public static final long MAX_GRACE = (1L << 24) - 1;

  /** Review at most, in seconds. */
  public static final long MAX_REVIEW = Duration.ofDays(180).toSeconds();

  /** The arbiter's time to rule at most, in seconds. */
  public static final long MAX_RULING_TIME = Duration.ofDays(365).toSeconds();

  /** A standby's time to take over at most, in seconds. */
  public static final long MAX_CALL_WINDOW = Duration.ofDays(180).toSeconds();

  /** The time at most, in seconds, that a standby then has to deliver. */
  public static final long MAX_STANDBY_TIME = Duration.ofDays(365).toSeconds();

  /** The {@code silenceBps} that calls the arbiter. */
  public static final int ESCALATE = 65_535;

  /** The tag of agents' records as clients: Keccak-256 of {@code earnest.client}. */
  public static final Hash32 CLIENT_TAG =
      new Hash32("0x26c4f9c9b5f0f784c44268114720e42e9b49b4e5d6d0900c844a043699dc2f42");

  private TermsLimits() {}
}
