package org.earnest.escrow.decide;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;

/** Whose signature is wanted of what. */
final class Consents {
  /** One signature that must be there. */
  record Wanted(EvmAddress party, String what, Hash32 digest, Signature given) {
    boolean recovered() {
      return SignatureRecovery.recover(digest, given.bytes()).equals(Optional.of(party));
    }
  }

  private Consents() {}

  /** Who must have signed what; where parties may join later, whose signature is there. */
  static List<Wanted> ofOpening(OpenRequest request, EscrowBounds bounds) {
    DealTerms terms = request.terms();
    DealId deal = bounds.typedData().dealId(terms);
    boolean mayJoin = terms.head().joinBy() != 0;
    Iterator<Signature> standbys = request.standbySignatures().iterator();
    List<Wanted> wanted = new ArrayList<>();
    EvmAddress payee = EvmAddress.ZERO;
    EvmAddress standby = EvmAddress.ZERO;
    for (int i = 0; i < terms.legs().size(); i++) {
      Leg leg = terms.legs().get(i);
      Signature given = request.payeeSignatures().get(i);
      if (!given.isNone() || (!mayJoin && !leg.payee().equals(payee))) {
        wanted.add(
            new Wanted(
                leg.payee(), "the deal's terms, as payee of leg " + i, deal.digest(), given));
      }
      payee = leg.payee();
      if (leg.standby().isZero()) {
        continue;
      }
      Signature ready = standbys.hasNext() ? standbys.next() : Signature.NONE;
      if (!ready.isNone() || (!mayJoin && !leg.standby().equals(standby))) {
        wanted.add(
            new Wanted(
                leg.standby(), "the deal's terms, as standby of leg " + i, deal.digest(), ready));
      }
      standby = leg.standby();
    }
    payment(request, deal, bounds).ifPresent(wanted::add);
    return wanted;
  }

  /** Whether every leg's payee and standby agreed, so that nothing is left to join. */
  static boolean complete(OpenRequest request) {
    Iterator<Signature> standbys = request.standbySignatures().iterator();
    EvmAddress payee = EvmAddress.ZERO;
    EvmAddress standby = EvmAddress.ZERO;
    for (int i = 0; i < request.terms().legs().size(); i++) {
      Leg leg = request.terms().legs().get(i);
      boolean agreed = !request.payeeSignatures().get(i).isNone() || leg.payee().equals(payee);
      payee = agreed ? leg.payee() : EvmAddress.ZERO;
      boolean ready = true;
      if (!leg.standby().isZero()) {
        ready = !standbys.next().isNone() || leg.standby().equals(standby);
        standby = ready ? leg.standby() : EvmAddress.ZERO;
      }
      if (!agreed || !ready) {
        return false;
      }
    }
    return true;
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

  private static Optional<Wanted> payment(OpenRequest request, DealId deal, EscrowBounds bounds) {
    DealTerms terms = request.terms();
    EvmAddress client = terms.head().client();
    return switch (request.payment()) {
      case OpenRequest.Authorization by ->
          bounds
              .tokenDomain(terms.head().token())
              .map(
                  token ->
                      new Wanted(
                          client,
                          "the EIP-3009 authorization, as client",
                          authorization(terms, deal, bounds.escrow(), by).digest(token),
                          by.signature()));
      case OpenRequest.Permit2 by ->
          Optional.of(
              new Wanted(
                  client,
                  "the Permit2 transfer, as client",
                  new Permit2Transfer(
                          terms.head().token(),
                          terms.total(),
                          bounds.escrow(),
                          by.nonce(),
                          by.deadline(),
                          deal.digest())
                      .digest(bounds.chain()),
                  by.signature()));
      case OpenRequest.Allowance by -> Optional.of(terms(client, deal, by.consent()));
      case OpenRequest.Credit by -> Optional.of(terms(client, deal, by.consent()));
    };
  }

  private static Wanted terms(EvmAddress client, DealId deal, Signature consent) {
    return new Wanted(client, "the deal's terms, as client", deal.digest(), consent);
  }

  private static ReceiveWithAuthorization authorization(
      DealTerms terms, DealId deal, EvmAddress escrow, OpenRequest.Authorization by) {
    return new ReceiveWithAuthorization(
        terms.head().client(),
        escrow,
        terms.total(),
        by.validAfter(),
        by.validBefore(),
        deal.digest());
  }
}
