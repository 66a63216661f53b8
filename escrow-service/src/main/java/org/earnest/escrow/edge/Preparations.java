package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.chain.DealRelay;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.OpenDecision;

/** Says what is to be signed to open a deal, so that an agent needs no EIP-712 code of its own. */
final class Preparations {
  private final EscrowBounds bounds;
  private final DealRelay relay;

  Preparations(EscrowBounds bounds, DealRelay relay) {
    this.bounds = bounds;
    this.relay = relay;
  }

  /**
   * A deal before it is opened.
   *
   * @param terms with every member
   * @param total atomic units that the client pays in
   * @param deal what each payee and standby signs; its signer is the first one
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

  private static String text(BigInteger number) {
    return number.toString();
  }
}
