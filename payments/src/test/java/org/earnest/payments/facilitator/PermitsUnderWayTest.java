package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Permit;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.facilitator.PermitsUnderWay.Turn;
import org.earnest.payments.permit2.ByPermit2;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.wire.Permit2Payload;
import org.junit.jupiter.api.Test;

class PermitsUnderWayTest {
  private static final EvmAddress TOKEN = LocalSigner.random().address();
  private static final EvmAddress PAYEE = LocalSigner.random().address();
  private static final EvmAddress PAYER = LocalSigner.random().address();
  private static final BigInteger PRICE = BigInteger.valueOf(1_000);
  private static final Permit2Requirements OFFER =
      new Permit2Requirements(
          TokenAmount.of(new Caip19AssetId(Caip2ChainId.parse("eip155:31337"), TOKEN), 1_000),
          PAYEE,
          Duration.ofMinutes(1),
          Optional.empty());

  private final Map<Hash32, Settlement> stored = new HashMap<>();
  private final PermitsUnderWay permits =
      new PermitsUnderWay(id -> Optional.ofNullable(stored.get(id)));

  private final EvmPayment first = payment(PAYER, 1);
  private final EvmPayment second = payment(PAYER, 2);

  @Test
  void anAccountsPermitsAreTakenOneAfterTheOther() {
    assertThat(permits.take(first)).isEqualTo(Turn.FREE);
    assertThat(permits.take(second)).as("while the first begins").isEqualTo(Turn.TAKEN);
    begin(first);
    assertThat(permits.isTaken(second)).isTrue();
    assertThat(permits.isTaken(first)).isFalse();
    assertThat(permits.take(second)).as("while the first is under way").isEqualTo(Turn.TAKEN);
    stored.computeIfPresent(
        first.key().id(), (id, known) -> known.settledBy(Hash32.of(new byte[32]), true));

    assertThat(permits.isTaken(second)).isFalse();
    assertThat(permits.take(second)).isEqualTo(Turn.AFTER_ANOTHER);
    assertThat(permits.take(payment(PAYER, 3))).isEqualTo(Turn.TAKEN);
    assertThat(permits.take(payment(PAYEE, 4))).as("of another").isEqualTo(Turn.FREE);
  }

  @Test
  void whatFailedOrWasNeverBegunGivesWay() {
    permits.take(first);
    permits.begun(first);
    assertThat(permits.take(second)).isEqualTo(Turn.AFTER_ANOTHER);
    begin(second);
    stored.computeIfPresent(
        second.key().id(),
        (id, known) ->
            known.failedFor(Reason.TRANSACTION_FAILED, "in vain", Optional.empty(), true));

    assertThat(permits.take(first)).isEqualTo(Turn.AFTER_ANOTHER);
  }

  /** A twin of a request that was refused may have begun the payment. */
  @Test
  void aTwinKeepsThePermit() {
    permits.take(first);
    permits.take(first);
    permits.begun(first);

    assertThat(permits.take(second)).isEqualTo(Turn.TAKEN);
    permits.begun(first);
    assertThat(permits.take(second)).isEqualTo(Turn.AFTER_ANOTHER);
  }

  /** Every settlement passes here, and a database may be slow. */
  @Test
  void nobodyWaitsWhileTheDatabaseIsAsked() {
    EvmPayment other = payment(PAYEE, 5);
    PermitsUnderWay[] asked = new PermitsUnderWay[1];
    asked[0] =
        new PermitsUnderWay(
            id -> {
              Turn meanwhile =
                  CompletableFuture.supplyAsync(() -> asked[0].take(other))
                      .orTimeout(2, TimeUnit.MINUTES)
                      .join();
              assertThat(meanwhile).isEqualTo(Turn.FREE);
              return Optional.empty();
            });
    asked[0].take(first);
    asked[0].begun(first);

    assertThat(asked[0].take(second)).isEqualTo(Turn.AFTER_ANOTHER);
  }

  private void begin(EvmPayment payment) {
    stored.put(payment.key().id(), Settlement.of(new VerifiedPayment(payment), 0));
    permits.begun(payment);
  }

  private static EvmPayment payment(EvmAddress payer, long nonce) {
    BigInteger end = BigInteger.valueOf(2_000_000_000);
    Permit2Payment signed =
        new Permit2Payment(
            payer,
            TOKEN,
            PRICE,
            BigInteger.valueOf(nonce),
            end,
            PAYEE,
            Optional.empty(),
            BigInteger.ZERO);
    String signature = "0x" + "11".repeat(65);
    Permit permit =
        new Permit(payer, Permit2Transfer.PERMIT2, PRICE, BigInteger.valueOf(nonce), end);
    return new ByPermit2(
        OFFER,
        Permit2Payload.of(signed, new byte[65]),
        Optional.of(new SponsoredPermit(TOKEN, permit, signature)));
  }
}
