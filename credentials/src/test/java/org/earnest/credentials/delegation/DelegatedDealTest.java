package org.earnest.credentials.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.NOW;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.OpenedDealsUnavailableException;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.delegation.DelegatedDeal.Refusal;
import org.junit.jupiter.api.Test;

class DelegatedDealTest {
  private static final Caip2ChainId CHAIN = Caip2ChainId.parse("eip155:1");
  private static final EvmAddress PAYEE = new EvmAddress("0x" + "ee".repeat(20));

  private static final EvmAddress ESCROW = new EvmAddress("0x" + "ec".repeat(20));

  private final DelegationFixture fixture = new DelegationFixture();
  private final Map<Caip10AccountId, Long> spent = new HashMap<>();
  private final DelegatedDeal deals =
      new DelegatedDeal(
          (account, asset, since) -> {
            assertThat(asset).isEqualTo(DelegationFixture.USDC);
            assertThat(since).isEqualTo(NOW.minus(Duration.ofHours(24)));
            return BigInteger.valueOf(spent.getOrDefault(account, 0L));
          });

  /** From party 1 to 2, and from 2 to 3, who may spend less. */
  private DelegationChain chain(SpendLimit second) {
    VerifiedCredential first =
        fixture.verified(1, fixture.to(2, DelegationFixture.mandate(1), Optional.empty()));
    Mandate given = DelegationFixture.mandate(0);
    Mandate passed = new Mandate(given.actions(), second, 0, given.validFrom(), given.validUntil());
    VerifiedCredential last = fixture.verified(2, fixture.to(3, passed, Optional.of(first)));
    return ((DelegationChain.Judgement.Whole) DelegationChain.of(List.of(first, last))).chain();
  }

  private static DealTerms terms(int client, EvmAddress token, long amount) {
    return DealTerms.with(DelegationFixture.account(client).address())
        .in(token)
        .openBy(NOW.plus(Duration.ofHours(1)))
        .leg(
            PAYEE,
            leg ->
                leg.amount(BigInteger.valueOf(amount))
                    .due(NOW.plus(Duration.ofHours(2)))
                    .review(Duration.ofHours(1), 10_000))
        .build(ESCROW, NOW);
  }

  private static DealTerms terms(long amount) {
    return terms(3, DelegationFixture.USDC.token(), amount);
  }

  private Optional<Refusal> refusal(DealTerms terms, Instant now) {
    return deals.refusal(chain(DelegationFixture.limit(60, 150)), CHAIN, terms, now);
  }

  @Test
  void allowsWhatLiesWithinEveryLimit() {
    spent.put(DelegationFixture.account(3), 90L);

    assertThat(refusal(terms(60), NOW)).isEmpty();
  }

  @Test
  void holdsTheLimitsPerDealAndPerDay() {
    spent.put(DelegationFixture.account(3), 91L);

    assertThat(refusal(terms(61), NOW)).contains(Refusal.OVER_DEAL_LIMIT);
    assertThat(refusal(terms(60), NOW)).contains(Refusal.OVER_DAY_LIMIT);
    assertThat(refusal(terms(59), NOW)).isEmpty();
  }

  @Test
  void whatTheDelegateBeforeSpentCountsToo() {
    spent.put(DelegationFixture.account(2), 200L);

    assertThat(refusal(terms(50), NOW)).isEmpty();
    assertThat(refusal(terms(51), NOW)).contains(Refusal.OVER_DAY_LIMIT);
  }

  @Test
  void holdsClientTokenActionAndTime() {
    EvmAddress other = new EvmAddress("0x" + "dd".repeat(20));

    assertThat(refusal(terms(2, DelegationFixture.USDC.token(), 1), NOW))
        .contains(Refusal.NOT_THE_DELEGATE);
    assertThat(refusal(terms(3, other, 1), NOW)).contains(Refusal.OTHER_ASSET);
    assertThat(refusal(terms(1), NOW.plus(Duration.ofHours(1)))).contains(Refusal.NOT_VALID_NOW);
    assertThat(refusal(terms(1), NOW.minus(Duration.ofHours(2)))).contains(Refusal.NOT_VALID_NOW);
    Mandate given = DelegationFixture.mandate(0);
    VerifiedCredential accepting =
        fixture.verified(
            1,
            fixture.to(
                3,
                new Mandate(
                    Set.of("deal/accept"), given.limit(), 0, given.validFrom(), given.validUntil()),
                Optional.empty()));
    DelegationChain chain =
        ((DelegationChain.Judgement.Whole) DelegationChain.of(List.of(accepting))).chain();
    assertThat(deals.refusal(chain, CHAIN, terms(1), NOW)).contains(Refusal.ACTION_NOT_ALLOWED);
  }

  @Test
  void nothingIsAllowedWhileTheLedgerCannotTell() {
    DelegatedDeal blind =
        new DelegatedDeal(
            (account, asset, since) -> {
              throw new OpenedDealsUnavailableException("behind");
            });

    assertThatThrownBy(
            () -> blind.refusal(chain(DelegationFixture.limit(60, 150)), CHAIN, terms(1), NOW))
        .isInstanceOf(OpenedDealsUnavailableException.class);
  }
}
