package org.earnest.payments.client;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.wire.PaymentRequired;
import tools.jackson.databind.node.ObjectNode;

/**
 * The permits for Permit2 that go along with payments, where the seller takes them and the payer
 * has not approved that. A token takes an account's permits one after the other, so that they are
 * signed and shown in turn.
 *
 * @param chain where it is asked what Permit2 may fetch; no permit is signed without
 */
record Permits(PaymentSigner signer, InFlight inFlight, Optional<ChainReader> chain) {
  static final Choice.Decline UNDER_WAY =
      Objection.PAYMENT_IN_FLIGHT.because("another permit of the same account is under way");

  /** Of whom the token counts the permits. */
  record Turn(EvmAddress payer, Caip19AssetId token) {}

  /** Whose turn a payment has to wait for; empty where it needs no permit. */
  Optional<Turn> turn(PaymentRequired required, Choice.Pay pay) {
    return chain
        .filter(any -> SponsoredPermit.isDeclared(required.extensions()))
        .filter(reader -> signer.needsPermit(pay.terms(), reader))
        .map(any -> new Turn(signer.payer(), pay.terms().price().asset()));
  }

  /** False when others took too long; otherwise it is to be {@link #leave left}. */
  boolean enter(Optional<Turn> turn) throws InterruptedException {
    return turn.isEmpty() || inFlight.enter(turn.get(), InFlight.PATIENCE);
  }

  void leave(Optional<Turn> turn) {
    turn.ifPresent(inFlight::leave);
  }

  /** What a payment sends back of the extensions: all that was there, and its permit. */
  ObjectNode extensions(
      Optional<Turn> turn, PaymentRequired required, Choice.Pay pay, Instant validBefore) {
    ObjectNode declared = required.extensions();
    return turn.flatMap(any -> chain)
        .flatMap(reader -> signer.permit(pay.terms(), reader, validBefore))
        .map(permit -> permit.addedTo(declared))
        .orElse(declared);
  }
}
