package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;

/** Whether a deal may be opened. */
public final class OpenDecision {
  private OpenDecision() {}

  /** Parties whose signatures are no key's: whether they are contracts must be asked. */
  public static Set<EvmAddress> unrecovered(OpenRequest request, EscrowBounds bounds) {
    if (request.payeeSignatures().size() != request.terms().legs().size()) {
      return Set.of();
    }
    return Consents.ofOpening(request, bounds).stream()
        .filter(wanted -> !wanted.given().isNone() && !wanted.recovered())
        .map(Consents.Wanted::party)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The first rule that terms break, before anybody signs. */
  public static Optional<Refusal> refusalOfTerms(DealTerms terms, EscrowBounds bounds, long now) {
    return TermsRules.check(terms, bounds, now);
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
            () -> TermsRules.check(request.terms(), bounds, now),
            () -> count(request),
            () -> Consents.check(Consents.ofOpening(request, bounds), wallets),
            () -> validity(request.authorization(), now));
    return rules.map(Supplier::get).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Refusal> count(OpenRequest request) {
    int have = request.payeeSignatures().size();
    int want = request.terms().legs().size();
    return have == want
        ? Optional.empty()
        : Optional.of(
            Refusal.terms(
                "signature_count_mismatch",
                "There are %d payee signatures for %d legs; each leg has one, or an empty text."
                    .formatted(have, want)));
  }

  /** EIP-3009: good after {@code validAfter} and before {@code validBefore}, both exclusive. */
  private static Optional<Refusal> validity(OpenRequest.Authorization by, long now) {
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
