package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.chain.DealRelay;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.LegDecision;
import org.earnest.escrow.decide.OpenDecision;
import org.earnest.escrow.store.Deal;
import org.earnest.kit.http.Problem;

/** Says what is to be signed, so that an agent needs no EIP-712 code of its own. Sends nothing. */
final class Preparations {
  private final EscrowBounds bounds;
  private final DealRelay relay;

  Preparations(EscrowBounds bounds, DealRelay relay) {
    this.bounds = bounds;
    this.relay = relay;
  }

  /**
   * Something to be signed.
   *
   * @param digest what a key signs as it stands
   * @param typedData the same for a wallet ({@code eth_signTypedData_v4})
   */
  record ToSign(String signer, String digest, Map<String, Object> typedData) {}

  /**
   * A deal before it is opened.
   *
   * @param terms with every member
   * @param total atomic units that the client pays in
   * @param deal what each payee signs; its signer is the first one
   * @param authorization what the client signs
   */
  record Prepared(
      String dealId,
      Map<String, Object> terms,
      String total,
      ToSign deal,
      ToSign authorization,
      String validAfter,
      String validBefore) {}

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

  void deal(Context context) {
    Bodies.Preparation asked = Bodies.preparation(context);
    DealTerms terms = asked.terms();
    OpenDecision.refusalOfTerms(terms, bounds, relay.time())
        .ifPresent(
            refusal -> {
              throw Problems.of(refusal).asException();
            });
    DealId id = bounds.typedData().dealId(terms);
    Eip712Domain token = bounds.tokenDomain(terms.head().token()).orElseThrow();
    ReceiveWithAuthorization by =
        new ReceiveWithAuthorization(
            terms.head().client(),
            bounds.escrow(),
            terms.total(),
            asked.validAfter(),
            asked.validBefore(),
            id.digest());
    context.json(
        new Prepared(
            id.toString(),
            TermsJson.write(terms),
            terms.total().toString(),
            new ToSign(
                terms.legs().getFirst().payee().hex(),
                id.toString(),
                TypedData.terms(bounds.domain(), terms)),
            new ToSign(
                terms.head().client().hex(),
                by.digest(token).hex(),
                TypedData.authorization(token, by)),
            text(asked.validAfter()),
            text(asked.validBefore())));
  }

  void deliver(Context context) throws InterruptedException {
    Hash32 deliverable =
        Bodies.parsed(context, body -> body.requiring("deliverable").hash("deliverable"));
    DealId id = Paths.deal(context);
    int leg = Paths.leg(context);
    EvmAddress payee = known(id, leg).terms().legs().get(leg).payee();
    context.json(
        new ToSign(
            payee.hex(),
            bounds.typedData().deliver(id, leg, deliverable, payee).hex(),
            TypedData.deliver(bounds.domain(), id, leg, deliverable, payee)));
  }

  void accept(Context context) throws InterruptedException {
    int rating = Bodies.parsed(context, Bodies::rating);
    DealId id = Paths.deal(context);
    int leg = Paths.leg(context);
    Deal deal = known(id, leg);
    LegDecision.refusalToPrepareAcceptance(deal.state(leg), rating)
        .ifPresent(
            refusal -> {
              throw Problems.of(refusal).asException();
            });
    context.json(
        new Acceptance(
            deal.terms().head().client().hex(),
            bounds.typedData().accept(id, leg, rating).hex(),
            TypedData.accept(bounds.domain(), id, leg, rating),
            Optional.ofNullable(deal.deliveries().get(leg)).map(Views.DeliveryView::of)));
  }

  private Deal known(DealId id, int leg) throws InterruptedException {
    Optional<Deal> deal = relay.find(id);
    if (deal.isEmpty()) {
      throw Problem.notFound("deal_unknown", "No deal " + id + " was opened at this escrow.")
          .asException();
    }
    if (leg >= deal.get().terms().legs().size()) {
      throw Problem.notFound("leg_unknown", "The deal has no leg " + leg + ".").asException();
    }
    return deal.get();
  }

  private static String text(BigInteger number) {
    return number.toString();
  }
}
