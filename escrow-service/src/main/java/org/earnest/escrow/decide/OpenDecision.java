package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.TermsRules;

/** Whether a deal may be opened. */
public final class OpenDecision {
  private OpenDecision() {}

  /** Parties whose signatures are no key's: whether they are contracts must be asked. */
  public static Set<EvmAddress> unrecovered(OpenRequest request, EscrowBounds bounds) {
    if (count(request).isPresent()) {
      return Set.of();
    }
    return Consents.ofOpening(request, bounds).stream()
        .filter(wanted -> !wanted.given().isNone() && !wanted.recovered())
        .map(Consents.Wanted::party)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The first rule that terms break, before anybody signs. */
  public static Optional<Refusal> refusalOfTerms(DealTerms terms, EscrowBounds bounds, long now) {
    if (bounds.tokenDomain(terms.head().token()).isEmpty()) {
      return Optional.of(bounds.tokenNotAllowed(terms.head().token()));
    }
    return TermsRules.firstBroken(terms, bounds.escrow(), now).map(Refusal::ofRule);
  }

  /**
   * What stands against it; empty where nothing does.
   *
   * @param wallets parties that are contracts
   * @param now the chain's time in seconds of 1970
   */
  public static Optional<Refusal> refusal(
      OpenRequest request, EscrowBounds bounds, Set<EvmAddress> wallets, long now) {
    Stream<Supplier<Optional<Refusal>>> rules =
        Stream.of(
            () -> refusalOfTerms(request.terms(), bounds, now),
            () -> count(request),
            () -> Consents.check(Consents.ofOpening(request, bounds), wallets),
            () -> joinable(request, now),
            () -> validity(request.payment(), now));
    return rules.map(Supplier::get).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Refusal> count(OpenRequest request) {
    long standbys = request.terms().legs().stream().filter(leg -> !leg.standby().isZero()).count();
    return count("payee", request.payeeSignatures().size(), request.terms().legs().size(), "legs")
        .or(
            () ->
                count(
                    "standby",
                    request.standbySignatures().size(),
                    standbys,
                    "legs that name a standby"));
  }

  private static Optional<Refusal> count(String whose, long have, long want, String what) {
    return have == want
        ? Optional.empty()
        : Optional.of(
            Refusal.terms(
                "signature_count_mismatch",
                "There are %d %s signatures for %d %s; each has one, or an empty text."
                    .formatted(have, whose, want, what)));
  }

  /** A leg that is only offered must leave its payee time to join. */
  private static Optional<Refusal> joinable(OpenRequest request, long now) {
    long joinBy = request.terms().head().joinBy();
    return joinBy == 0 || now <= joinBy || Consents.complete(request)
        ? Optional.empty()
        : Optional.of(
            Refusal.state(
                "deadline_passed",
                "Parties could join until %d; the chain's time is %d. Bring every signature."
                    .formatted(joinBy, now)));
  }

  private static Optional<Refusal> validity(OpenRequest.Payment payment, long now) {
    return switch (payment) {
      case OpenRequest.Authorization by -> validity(by, now);
      case OpenRequest.Permit2 by when BigInteger.valueOf(now).compareTo(by.deadline()) > 0 ->
          Optional.of(
              Refusal.state(
                  "authorization_expired",
                  "The Permit2 transfer was good until %s; the chain's time is %d. Sign a later one."
                      .formatted(by.deadline(), now)));
      case OpenRequest.Permit2 by -> Optional.empty();
      case OpenRequest.Allowance by -> Optional.empty();
      case OpenRequest.Credit by -> Optional.empty();
    };
  }

  /** EIP-3009: good after {@code validAfter} and before {@code validBefore}, both exclusive. */
  static Optional<Refusal> validity(OpenRequest.Authorization by, long now) {
    BigInteger time = BigInteger.valueOf(now);
    if (time.compareTo(by.validAfter()) <= 0) {
      return Optional.of(
          Refusal.tooEarly(
              "authorization_not_yet_valid",
              "The authorization is good after %s; the chain's time is %d. Send it again then."
                  .formatted(by.validAfter(), now)));
    }
    return time.compareTo(by.validBefore()) < 0
        ? Optional.empty()
        : Optional.of(
            Refusal.state(
                "authorization_expired",
                "The authorization was good before %s; the chain's time is %d. Sign a later one."
                    .formatted(by.validBefore(), now)));
  }
}
