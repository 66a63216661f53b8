package org.earnest.escrow.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;

/** Whose signature is wanted of what. */
final class Consents {
  /** One signature that must be there. */
  record Wanted(EvmAddress party, String what, Hash32 digest, Signature given) {
    boolean recovered() {
      return SignatureRecovery.recover(digest, given.bytes()).equals(Optional.of(party));
    }
  }

  private Consents() {}

  static List<Wanted> ofOpening(OpenRequest request, EscrowBounds bounds) {
    DealTerms terms = request.terms();
    DealId deal = bounds.typedData().dealId(terms);
    List<Wanted> wanted = new ArrayList<>();
    EvmAddress previous = EvmAddress.ZERO;
    for (int i = 0; i < terms.legs().size(); i++) {
      EvmAddress payee = terms.legs().get(i).payee();
      Signature given = request.payeeSignatures().get(i);
      if (!payee.equals(previous) || !given.isNone()) {
        wanted.add(
            new Wanted(payee, "the deal's terms, as payee of leg " + i, deal.digest(), given));
      }
      previous = payee;
    }
    bounds
        .tokenDomain(terms.head().token())
        .ifPresent(token -> wanted.add(authorization(request, deal, bounds.escrow(), token)));
    return wanted;
  }

  /**
   * The first signature that is missing or wrong.
   *
   * @param wallets parties that are contracts: the chain judges their signatures (ERC-1271)
   */
  static Optional<Refusal> check(List<Wanted> wanted, Set<EvmAddress> wallets) {
    return wanted.stream()
        .filter(each -> !each.recovered())
        .filter(each -> each.given().isNone() || !wallets.contains(each.party()))
        .findFirst()
        .map(Consents::refusal);
  }

  private static Refusal refusal(Wanted wanted) {
    return wanted.given().isNone()
        ? Refusal.consent(
            "signature_missing",
            "%s has not signed %s; the digest to be signed is %s."
                .formatted(wanted.party(), wanted.what(), wanted.digest()))
        : Refusal.consent(
            "invalid_signature",
            "The signature of %s is not by %s; the digest to be signed is %s."
                .formatted(wanted.what(), wanted.party(), wanted.digest()));
  }

  private static Wanted authorization(
      OpenRequest request, DealId deal, EvmAddress escrow, Eip712Domain token) {
    DealTerms terms = request.terms();
    Hash32 digest =
        new ReceiveWithAuthorization(
                terms.head().client(),
                escrow,
                terms.total(),
                request.authorization().validAfter(),
                request.authorization().validBefore(),
                deal.digest())
            .digest(token);
    return new Wanted(
        terms.head().client(),
        "the EIP-3009 authorization, as client",
        digest,
        request.authorization().signature());
  }
}
