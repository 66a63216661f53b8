package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.function.Function;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.decide.OpenRequest;
import org.earnest.kit.http.Requests;

/** What requests bring, as domain values; 400 {@code invalid_request} where it is not. */
final class Bodies {
  private static final String BODY = "body";

  private Bodies() {}

  static OpenRequest open(Context context) {
    return parsed(
        context,
        body ->
            new OpenRequest(
                TermsJson.read(body.node("terms")),
                body.signatures("payeeSignatures"),
                authorization(body.object("authorization"))));
  }

  /** Terms, and the span in which the client's authorization is to be good. */
  record Preparation(DealTerms terms, BigInteger validAfter, BigInteger validBefore) {}

  static Preparation preparation(Context context) {
    return parsed(
        context,
        body -> {
          DealTerms terms = TermsJson.read(body.node("terms"));
          boolean stated = body.has("validBefore");
          return new Preparation(
              terms,
              body.integer("validAfter"),
              stated
                  ? body.integer("validBefore")
                  : BigInteger.valueOf(terms.head().openBy()).add(BigInteger.ONE));
        });
  }

  static LegVerb.Deliver deliver(Context context) {
    return parsed(
        context,
        body ->
            new LegVerb.Deliver(
                body.requiring("deliverable").hash("deliverable"),
                body.text("uri"),
                body.signature("signature")));
  }

  static LegVerb.Accept accept(Context context) {
    return parsed(context, body -> new LegVerb.Accept(rating(body), body.signature("signature")));
  }

  static <T> T parsed(Context context, Function<Members, T> reading) {
    var body = Requests.body(context);
    return Requests.parse(BODY, () -> reading.apply(new Members(body, BODY)));
  }

  static int rating(Members body) {
    return body.has("rating") ? body.small("rating") : DealEscrowCalls.NO_RATING;
  }

  private static OpenRequest.Authorization authorization(Members by) {
    by.requiring("validBefore", "signature");
    return new OpenRequest.Authorization(
        by.integer("validAfter"), by.integer("validBefore"), by.signature("signature"));
  }
}
