package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.deal.Occupancy;
import org.earnest.escrow.chain.DealRelay;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.LegDecision;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.decide.Refusal;
import org.earnest.escrow.store.Deal;
import org.earnest.kit.http.Problem;

/** Says what is to be signed for a verb on a leg. Sends nothing. */
final class LegPreparations {
  private final EscrowBounds bounds;
  private final DealRelay relay;

  LegPreparations(EscrowBounds bounds, DealRelay relay) {
    this.bounds = bounds;
    this.relay = relay;
  }

  /**
   * An acceptance to be signed.
   *
   * @param delivery what the client accepts by it
   */
  record Acceptance(
      String signer,
      String digest,
      Map<String, Object> typedData,
      Optional<Views.DeliveryView> delivery) {}

  /**
   * The deal's terms to be signed by who joins a leg.
   *
   * @param standby where the leg names one
   */
  record Joining(ToSign payee, Optional<ToSign> standby) {}

  /** A division to be signed by both, good while the leg is in the state that it is in now. */
  record Settlement(ToSign client, ToSign payee) {}

  /** A leg that somebody wants to sign something about. */
  private record Subject(DealId id, int leg, Deal deal, Occupancy occupancy) {
    EvmAddress side(boolean client) {
      return client ? deal.terms().head().client() : occupancy.occupant();
    }
  }

  void join(Context context) throws InterruptedException {
    Subject on = subject(context);
    Leg leg = on.occupancy().leg();
    Map<String, Object> terms = TypedData.terms(bounds.domain(), on.deal().terms());
    context.json(
        new Joining(
            new ToSign(leg.payee(), on.id().digest(), terms),
            Optional.of(leg.standby())
                .filter(standby -> !standby.isZero())
                .map(standby -> new ToSign(standby, on.id().digest(), terms))));
  }

  void deliver(Context context) throws InterruptedException {
    var deliverable =
        Bodies.parsed(context, body -> body.requiring("deliverable").hash("deliverable"));
    Subject on = subject(context);
    EvmAddress occupant = on.occupancy().occupant();
    context.json(
        new ToSign(
            occupant,
            bounds.typedData().deliver(on.id(), on.leg(), deliverable, occupant),
            TypedData.deliver(bounds.domain(), on.id(), on.leg(), deliverable, occupant)));
  }

  void substitute(Context context) throws InterruptedException {
    Subject on = subject(context);
    EvmAddress standby = on.occupancy().leg().standby();
    if (standby.isZero()) {
      throw Problem.of(
              409,
              "no_standby",
              "The deal does not allow it",
              "The terms of leg " + on.leg() + " name no standby.")
          .asException();
    }
    context.json(
        new ToSign(
            standby,
            bounds.typedData().substitute(on.id(), on.leg()),
            TypedData.substitute(bounds.domain(), on.id(), on.leg())));
  }

  void accept(Context context) throws InterruptedException {
    int rating = Bodies.parsed(context, Bodies::rating);
    Subject on = subject(context);
    refuse(LegDecision.refusalToPrepareAcceptance(on.deal().state(on.leg()), rating));
    Views.Firmness firmness = new Views.Firmness(relay.finalBlock());
    context.json(
        new Acceptance(
            on.side(true).hex(),
            bounds.typedData().accept(on.id(), on.leg(), rating).hex(),
            TypedData.accept(bounds.domain(), on.id(), on.leg(), rating),
            on.deal().leg(on.leg()).delivery().map(it -> Views.DeliveryView.of(it, firmness))));
  }

  void dispute(Context context) throws InterruptedException {
    LegVerb.Dispute dispute = Bodies.dispute(context);
    Subject on = subject(context);
    LegStatus status = on.occupancy().status();
    boolean delivered = status.state() != LegState.ACTIVE && !status.disputedBeforeDelivery();
    context.json(
        new ToSign(
            on.side(dispute.byClient()),
            bounds.typedData().dispute(on.id(), on.leg(), delivered, dispute.evidence()),
            TypedData.dispute(bounds.domain(), on.id(), on.leg(), delivered, dispute.evidence())));
  }

  void settle(Context context) throws InterruptedException {
    Division division = Bodies.settle(context).division();
    Subject on = subject(context);
    LegState state = on.occupancy().status().state();
    refuse(LegDecision.refusalToSettle(state));
    EvmAddress occupant = on.occupancy().occupant();
    var digest = bounds.typedData().settle(on.id(), on.leg(), state, occupant, division);
    Map<String, Object> typed =
        TypedData.settle(bounds.domain(), on.id(), on.leg(), state, occupant, division);
    context.json(
        new Settlement(
            new ToSign(on.side(true), digest, typed), new ToSign(occupant, digest, typed)));
  }

  void rate(Context context) throws InterruptedException {
    LegVerb.Rate rate = Bodies.rate(context);
    Subject on = subject(context);
    context.json(
        new ToSign(
            on.side(rate.byClient()),
            bounds.typedData().rate(on.id(), on.leg(), rate.byClient(), rate.rating()),
            TypedData.rate(bounds.domain(), on.id(), on.leg(), rate.byClient(), rate.rating())));
  }

  private static void refuse(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw Problems.of(refusal.get()).asException();
    }
  }

  private Subject subject(Context context) throws InterruptedException {
    DealId id = Paths.deal(context);
    int leg = Paths.leg(context);
    Optional<Deal> deal = relay.find(id);
    if (deal.isEmpty()) {
      throw Problem.notFound("deal_unknown", "No deal " + id + " was opened at this escrow.")
          .asException();
    }
    if (leg >= deal.get().terms().legs().size()) {
      throw Problem.notFound("leg_unknown", "The deal has no leg " + leg + ".").asException();
    }
    return new Subject(id, leg, deal.get(), relay.occupancy(deal.get(), leg));
  }
}
