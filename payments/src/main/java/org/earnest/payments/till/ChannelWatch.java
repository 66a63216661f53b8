package org.earnest.payments.till;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.channel.ClaimedChannels;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims for a seller what its channels owe, before a payer's withdrawal takes it away: when one is
 * asked for, and when enough has come together. Looks at the chain through the facilitator.
 */
public final class ChannelWatch implements AutoCloseable {
  /** Channels that are claimed in one transaction at most. */
  static final int BATCH = 50;

  /** A claim may be taken back by a reorganisation: for so long it is looked at again. */
  private static final Duration CONFIRMING = Duration.ofMinutes(30);

  private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);

  private final Facilitator facilitator;
  private final ChannelLedger ledger;
  private final ChannelClaims claims;
  private final BigInteger enough;
  private final InstantSource clock;

  /** What the log was told that a channel lost; those only that have lost something. */
  private final Map<Hash32, BigInteger> toldLost = new ConcurrentHashMap<>();

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("channel-watch").factory());

  /**
   * Wires one and begins to watch.
   *
   * @param authorizer signs claims: the offers' {@code receiverAuthorizer}
   * @param enough atomic units that a channel owes when it is claimed unasked
   * @param every how often to look; shorter than {@link ChannelTill#CLOSING}, so that nothing is
   *     sold that is not claimed in time
   * @param clock the till's
   * @throws IllegalArgumentException when it would look too seldom
   */
  public ChannelWatch(
      Facilitator facilitator,
      ChannelLedger ledger,
      EvmSigner authorizer,
      BigInteger enough,
      Duration every,
      InstantSource clock) {
    this(facilitator, ledger, authorizer, enough, clock);
    if (every.isNegative() || every.isZero() || every.compareTo(ChannelTill.CLOSING) >= 0) {
      throw new IllegalArgumentException(
          "channels are looked at more often than every " + ChannelTill.CLOSING);
    }
    var unused =
        rounds.scheduleWithFixedDelay(this::tryRound, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One that looks only when it is told to. */
  ChannelWatch(
      Facilitator facilitator,
      ChannelLedger ledger,
      EvmSigner authorizer,
      BigInteger enough,
      InstantSource clock) {
    this.clock = clock;
    this.facilitator = facilitator;
    this.ledger = ledger;
    this.claims = new ChannelClaims(authorizer);
    this.enough = enough;
  }

  private void tryRound() {
    try {
      round();
    } catch (RuntimeException failure) {
      LOG.warn("channels could not be claimed; it is tried again", failure);
    } catch (Error broken) {
      // thrown on, it would end the schedule without a word, and withdrawals would win
      LOG.error("channels could not be claimed; it is tried again", broken);
    }
  }

  /** Looks once, claims what is due and has it paid out. */
  public void round() {
    claim(
        Stream.concat(
                ledger.withEarnings().stream(),
                ledger.movedSince(clock.instant().minus(CONFIRMING)).stream())
            .flatMap(account -> looked(account).stream())
            .filter(this::isDue)
            .toList());
    ledger.receivers().forEach(this::payOut);
  }

  /** Claims all that is owed, as before the seller closes. */
  public void claimAll() {
    List<ChannelAccount> owing = ledger.withEarnings();
    owing.forEach(this::tellLost);
    claim(owing);
    ledger.receivers().forEach(this::payOut);
  }

  /** One channel that cannot be looked at holds up no other. */
  private Optional<ChannelAccount> looked(ChannelAccount account) {
    Instant asked = clock.instant();
    try {
      VerifyResponse told = facilitator.verify(claims.look(account));
      Optional<ChannelAccount> now =
          ChannelState.read(told.rest().path(ChannelTill.EXTRA))
              .map(
                  state ->
                      ledger.seen(account.id(), account.channel(), account.offer(), state, asked));
      now.ifPresent(this::tellLost);
      return now;
    } catch (FacilitatorUnavailableException unavailable) {
      LOG.warn("channel {} cannot be looked at: {}", account.id(), unavailable.getMessage());
      return Optional.empty();
    }
  }

  /** By its own memory, as the till stores what it sees of the chain without a word. */
  private void tellLost(ChannelAccount account) {
    BigInteger lost = account.lost();
    if (lost.signum() == 0) {
      toldLost.remove(account.id());
      return;
    }
    BigInteger told = toldLost.put(account.id(), lost);
    if (told == null || lost.compareTo(told) > 0) {
      LOG.warn("channel {} holds {} less than it owes", account.id(), lost);
    }
  }

  private boolean isDue(ChannelAccount account) {
    return account.state().withdrawRequestedAt() != 0 || account.unclaimed().compareTo(enough) >= 0;
  }

  /** In one order, so that the same claims are the same transaction however often it is asked. */
  private void claim(List<ChannelAccount> accounts) {
    accounts.stream()
        .filter(account -> account.claim().isPresent())
        .sorted(Comparator.comparing(account -> account.id().hex()))
        .collect(Collectors.groupingBy(ChannelClaims::chain))
        .values()
        .forEach(this::claimInBatches);
  }

  private void claimInBatches(List<ChannelAccount> accounts) {
    for (int from = 0; from < accounts.size(); from += BATCH) {
      List<ChannelAccount> batch = accounts.subList(from, Math.min(accounts.size(), from + BATCH));
      if (!isClaimed(batch) && batch.size() > 1) {
        // one bad channel must not hold up the others
        batch.forEach(one -> isClaimed(List.of(one)));
      }
    }
  }

  private boolean isClaimed(List<ChannelAccount> batch) {
    try {
      SettleResponse claimed = facilitator.settle(claims.claim(batch));
      log(batch.size() == 1 ? "channel " + batch.getFirst().id() : "channels", "claimed", claimed);
      if (claimed.success()) {
        ClaimedChannels.read(claimed.rest().path(ChannelTill.EXTRA))
            .ifPresentOrElse(
                told -> batch.forEach(account -> book(account, told)),
                () -> LOG.warn("what was claimed of each channel is told unreadably"));
      }
      return claimed.success() || claimed.isPending();
    } catch (FacilitatorUnavailableException unavailable) {
      LOG.warn("{} channels are not claimed: {}", batch.size(), unavailable.getMessage());
      return false;
    }
  }

  /** What was not booked stays owed: the next look shows what of it is still there. */
  private void book(ChannelAccount account, ClaimedChannels told) {
    String reason = told.skipped().get(account.id());
    if (reason != null) {
      LOG.warn(
          "channel {} was not claimed, it owes {}: {}", account.id(), account.unclaimed(), reason);
      return;
    }
    BigInteger due = account.claimable();
    BigInteger booked = told.booked().getOrDefault(account.id(), due).min(due);
    if (booked.compareTo(due) < 0) {
      LOG.warn("channel {} held too little: {} of {} is claimed", account.id(), booked, due);
    }
    ledger.claimed(account.id(), booked, clock.instant());
  }

  /** Asked each round, as a payout that was lost is not remembered. */
  private void payOut(ChannelAccount account) {
    try {
      SettleResponse paid = facilitator.settle(claims.settle(account));
      if (paid.errorReason().filter(ChannelReason.NOTHING_TO_SETTLE.code()::equals).isEmpty()) {
        log("channels", "paid out", paid);
      }
    } catch (FacilitatorUnavailableException unavailable) {
      LOG.warn("channels are not paid out: {}", unavailable.getMessage());
    }
  }

  private static void log(String which, String what, SettleResponse response) {
    if (response.success()) {
      LOG.info("{} {} in {}", which, what, response.transaction());
    } else {
      LOG.warn(
          "{} not {}: {} {}",
          which,
          what,
          response.errorReason().orElse(""),
          response.errorMessage().orElse(""));
    }
  }

  /** Ends once the round under way has ended. */
  @Override
  public void close() {
    rounds.shutdownNow();
    rounds.close();
  }
}
