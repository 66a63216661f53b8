package org.earnest.cli.credential;

import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.Statuses;
import org.earnest.credentials.status.TokenValue;

/** Which lists a folder keeps. */
public enum ListKind {
  /** Bitstring Status List 1.0, {@code revocation}. */
  REVOCATION("revocation", ".json", Statuses.Order.LEFT_FIRST, 1),
  /** Bitstring Status List 1.0, {@code suspension}. */
  SUSPENSION("suspension", ".json", Statuses.Order.LEFT_FIRST, 1),
  /** Token Status List, whose values say both. */
  TOKEN("token", ".jwt", Statuses.Order.RIGHT_FIRST, TokenValue.BITS);

  private final String word;
  private final String suffix;
  private final Statuses.Order order;
  private final int bits;

  ListKind(String word, String suffix, Statuses.Order order, int bits) {
    this.word = word;
    this.suffix = suffix;
    this.order = order;
    this.bits = bits;
  }

  /** The file of the list of this number, from 1. */
  String file(int number) {
    return word + "-" + number + suffix;
  }

  Statuses zeros(int entries) {
    return Statuses.zeros(order, bits, entries);
  }

  /** What a bitstring is for. */
  public StatusPurpose purpose() {
    return this == SUSPENSION ? StatusPurpose.SUSPENSION : StatusPurpose.REVOCATION;
  }
}
