package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.TermsLimits;

/** Terms of one leg that the escrow takes: every clause there or not, small and huge alike. */
final class RandomLegTerms {
  /** The sums of a leg stay below what its parties have. */
  static final int MAX_BITS = 120;

  private static final int WHOLE = 10_000;
  private static final long DAY = 86_400;

  /** How long before openBy every deal is opened, in seconds. */
  static final long OPEN_FOR = DAY;

  private final Random random;
  private final LegCast cast;
  private final EvmAddress token;

  RandomLegTerms(Random random, LegCast cast, EvmAddress token) {
    this.random = random;
    this.cast = cast;
    this.token = token;
  }

  DealTerms next(long now) {
    boolean arbitrable = random.nextInt(3) > 0;
    return new DealTerms(head(now, arbitrable), List.of(leg(now, arbitrable)));
  }

  private Head head(long now, boolean arbitrable) {
    boolean fee = random.nextBoolean();
    EvmAddress receiver =
        List.of(cast.platform(), cast.payee(), cast.client())
            .get(Math.max(0, random.nextInt(6) - 3))
            .address();
    byte[] salt = new byte[Hash32.BYTES];
    random.nextBytes(salt);
    return new Head(
        cast.client().address(),
        BigInteger.ZERO,
        0,
        token,
        arbitrable ? cast.arbiter().address() : EvmAddress.ZERO,
        arbitrable ? 1 + span() : 0,
        arbitrable ? bps(WHOLE) : 0,
        arbitrable ? bps(TermsLimits.MAX_FEE_BPS) : 0,
        fee ? receiver : EvmAddress.ZERO,
        fee ? Math.max(1, bps(TermsLimits.MAX_FEE_BPS)) : 0,
        now + OPEN_FOR,
        random.nextInt(3) == 0 ? now + span() : 0,
        Hash32.of(salt));
  }

  private Leg leg(long now, boolean arbitrable) {
    boolean backed = random.nextBoolean();
    long grace = random.nextInt(4) == 0 ? 0 : span();
    BigInteger amount = sum().add(BigInteger.ONE);
    BigInteger penalty = grace == 0 ? BigInteger.ZERO : sum().min(amount);
    BigInteger bond = random.nextInt(3) == 0 ? BigInteger.ZERO : sum();
    return new Leg(
        cast.payee().address(),
        BigInteger.ZERO,
        0,
        Hash32.ZERO,
        amount,
        backed ? bond.max(penalty) : bond,
        penalty,
        now + 1 + span(),
        grace,
        random.nextInt(5) == 0 ? 0 : span(),
        arbitrable && random.nextInt(3) == 0 ? TermsLimits.ESCALATE : bps(WHOLE),
        Hash32.ZERO,
        backed ? cast.standby().address() : EvmAddress.ZERO,
        BigInteger.ZERO,
        0,
        backed ? sum() : BigInteger.ZERO,
        backed ? sum() : BigInteger.ZERO,
        backed ? 1 + span() : 0,
        backed ? 1 + span() : 0);
  }

  private BigInteger sum() {
    return random.nextInt(8) == 0
        ? BigInteger.ZERO
        : new BigInteger(1 + random.nextInt(MAX_BITS), random);
  }

  /** Seconds: a few, or up to two days. */
  private long span() {
    return random.nextInt(3) == 0 ? random.nextInt(4) : random.nextLong(2 * DAY);
  }

  private int bps(int most) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> most;
      default -> random.nextInt(most + 1);
    };
  }
}
