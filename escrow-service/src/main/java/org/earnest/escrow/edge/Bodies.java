package org.earnest.escrow.edge;

import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.core.deal.BrokenTermsException;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.escrow.decide.DepositRequest;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.decide.OpenRequest;
import org.earnest.escrow.decide.Refusal;
import org.earnest.escrow.decide.Signature;
import org.earnest.kit.http.Requests;

/** What requests bring, as domain values; 400 {@code invalid_request} where it is not. */
final class Bodies {
  private static final String BODY = "body";
  private static final List<String> WAYS =
      List.of("authorization", "permit2", "allowance", "credit");

  /** Seconds that a deposit's authorization is good for, where its account does not say. */
  private static final long DEPOSIT_SPAN = 3_600;

  private Bodies() {}

  static OpenRequest open(Context context) {
    return parsed(
        context,
        body ->
            new OpenRequest(
                terms(body),
                body.signatures("payeeSignatures"),
                body.has("standbySignatures") ? body.signatures("standbySignatures") : List.of(),
                payment(body)));
  }

  /** With a number of legs that no deal has, they break a rule of the contract. */
  private static DealTerms terms(Members body) {
    try {
      return TermsJson.read(body.node("terms"));
    } catch (BrokenTermsException broken) {
      throw Problems.of(Refusal.ofRule(broken.rule())).asException();
    }
  }

  /** Terms, and the span in which the client's authorization is to be good. */
  record Preparation(DealTerms terms, BigInteger validAfter, BigInteger validBefore) {}

  static Preparation preparation(Context context) {
    return parsed(
        context,
        body -> {
          DealTerms terms = terms(body);
          boolean stated = body.has("validBefore");
          return new Preparation(
              terms,
              body.integer("validAfter"),
              stated
                  ? body.integer("validBefore")
                  : BigInteger.valueOf(terms.head().openBy()).add(BigInteger.ONE));
        });
  }

  /** A deal, and by what credentials its client would open it. */
  record Delegated(DealTerms terms, List<String> delegations) {}

  static Delegated delegated(Context context) {
    return parsed(context, body -> new Delegated(terms(body), body.documents("delegations")));
  }

  static DepositRequest deposit(Context context) {
    return parsed(context, body -> deposit(body, authorization(body.object("authorization"))));
  }

  /** A deposit to be signed; good for an hour unless it says otherwise. */
  static DepositRequest depositPreparation(Context context, long now) {
    return parsed(
        context,
        body ->
            deposit(
                body,
                new OpenRequest.Authorization(
                    body.integer("validAfter"),
                    body.has("validBefore")
                        ? body.integer("validBefore")
                        : BigInteger.valueOf(now + DEPOSIT_SPAN),
                    Signature.NONE)));
  }

  private static DepositRequest deposit(Members body, OpenRequest.Authorization authorization) {
    body.requiring("token", "account", "amount", "salt");
    return new DepositRequest(
        body.address("token"),
        body.address("account"),
        body.integer("amount"),
        body.hash("salt"),
        authorization);
  }

  static LegVerb.Join join(Context context) {
    return parsed(
        context,
        body ->
            new LegVerb.Join(body.signature("payeeSignature"), body.signature("standbySignature")));
  }

  static LegVerb.Substitute substitute(Context context) {
    return parsed(context, body -> new LegVerb.Substitute(body.signature("signature")));
  }

  static LegVerb.Dispute dispute(Context context) {
    return parsed(
        context,
        body ->
            new LegVerb.Dispute(
                byClient(body),
                body.requiring("evidence").hash("evidence"),
                body.has("uri") ? body.text("uri") : "",
                body.signature("signature")));
  }

  static LegVerb.Settle settle(Context context) {
    return parsed(
        context,
        body ->
            new LegVerb.Settle(
                division(body),
                body.signature("clientSignature"),
                body.signature("payeeSignature")));
  }

  static LegVerb.Rate rate(Context context) {
    return parsed(
        context,
        body ->
            new LegVerb.Rate(
                byClient(body),
                body.requiring("rating").small("rating"),
                body.signature("signature")));
  }

  private static Division division(Members body) {
    body.requiring("toPayee", "bondBack", "validBefore");
    return new Division(
        body.integer("toPayee"), body.integer("bondBack"), body.number("validBefore"));
  }

  private static boolean byClient(Members body) {
    String by = body.text("by");
    return switch (by) {
      case "client" -> true;
      case "payee" -> false;
      default -> throw new IllegalArgumentException("body.by is \"client\" or \"payee\"");
    };
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

  /** One of the ways in for money, and no other. */
  static OpenRequest.Payment payment(Members body) {
    List<String> ways = WAYS.stream().filter(body::has).toList();
    if (ways.size() != 1) {
      throw new IllegalArgumentException(
          "body has one of %s; it has %s".formatted(WAYS, ways.isEmpty() ? "none" : ways));
    }
    Members by = body.object(ways.getFirst());
    return switch (ways.getFirst()) {
      case "authorization" -> authorization(by);
      case "permit2" -> {
        by.requiring("nonce", "deadline", "signature");
        yield new OpenRequest.Permit2(
            by.integer("nonce"), by.integer("deadline"), by.signature("signature"));
      }
      case "allowance" ->
          new OpenRequest.Allowance(
              by.has("permit") ? Optional.of(permit(by.object("permit"))) : Optional.empty(),
              by.signature("clientSignature"));
      default -> new OpenRequest.Credit(by.signature("clientSignature"));
    };
  }

  private static OpenRequest.Permit permit(Members by) {
    by.requiring("deadline", "signature");
    return new OpenRequest.Permit(by.integer("deadline"), by.signature("signature"));
  }

  private static OpenRequest.Authorization authorization(Members by) {
    by.requiring("validBefore", "signature");
    Signature signature = by.signature("signature");
    return new OpenRequest.Authorization(
        by.integer("validAfter"), by.integer("validBefore"), signature, overload(by, signature));
  }

  /** As the body says; where it does not, what is usual for such a signature. */
  private static Funding.Overload overload(Members by, Signature signature) {
    if (!by.has("overload")) {
      return Funding.Overload.usual(signature.hex());
    }
    return switch (by.text("overload")) {
      case "vrs" -> vrs(signature);
      case "bytes" -> Funding.Overload.BYTES;
      default ->
          throw new IllegalArgumentException("authorization.overload is \"vrs\" or \"bytes\"");
    };
  }

  private static Funding.Overload vrs(Signature signature) {
    if (Funding.Overload.usual(signature.hex()) != Funding.Overload.VRS) {
      throw new IllegalArgumentException(
          "authorization.overload is \"vrs\" for a key's 65 bytes alone");
    }
    return Funding.Overload.VRS;
  }
}
