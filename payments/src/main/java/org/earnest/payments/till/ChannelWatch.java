package org.earnest.payments.till;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.EvmSigner;
import org.earnest.payments.channel.ChannelState;
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

  private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);

  private final Facilitator facilitator;
  private final ChannelLedger ledger;
  private final ChannelClaims claims;
  private final BigInteger enough;
  private final Thread rounds;

  /**
   * Wires one and begins to watch.
   *
   * @param authorizer signs claims: the offers' {@code receiverAuthorizer}
   * @param enough atomic units that a channel owes when it is claimed unasked
   * @param every how often to look; much shorter than the shortest delay
   */
  public ChannelWatch(
      Facilitator facilitator,
      ChannelLedger ledger,
      EvmSigner authorizer,
      BigInteger enough,
      Duration every) {
    this.facilitator = facilitator;
    this.ledger = ledger;
    this.claims = new ChannelClaims(authorizer);
    this.enough = enough;
    this.rounds = Thread.ofVirtual().name("channel-watch").start(() -> watch(every));
  }

  private void watch(Duration every) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        round();
        Thread.sleep(every);
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        LOG.warn("channels could not be claimed; it is tried again", failure);
        pause(every);
      }
    }
  }

  private static void pause(Duration every) {
    try {
      Thread.sleep(every);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once, claims what is due and has it paid out. */
  public void round() {
    Map<String, List<ChannelAccount>> due = new HashMap<>();
    for (ChannelAccount account : ledger.withEarnings()) {
      looked(account)
          .filter(this::isDue)
          .ifPresent(
              now ->
                  due.computeIfAbsent(now.offer().network(), same -> new ArrayList<>()).add(now));
    }
    due.values().forEach(this::claim);
  }

  /** Claims all that is owed, as before the seller closes. */
  public void claimAll() {
    Map<String, List<ChannelAccount>> all = new HashMap<>();
    ledger
        .withEarnings()
        .forEach(
            account ->
                all.computeIfAbsent(account.offer().network(), same -> new ArrayList<>())
                    .add(account));
    all.values().forEach(this::claim);
  }

  /** One channel that cannot be looked at holds up no other. */
  private Optional<ChannelAccount> looked(ChannelAccount account) {
    try {
      VerifyResponse told = facilitator.verify(claims.look(account));
      return ChannelState.read(told.rest().path("extra"))
          .map(state -> ledger.seen(account.id(), account.channel(), account.offer(), state));
    } catch (FacilitatorUnavailableException unavailable) {
      LOG.warn("channel {} cannot be looked at: {}", account.id(), unavailable.getMessage());
      return Optional.empty();
    }
  }

  private boolean isDue(ChannelAccount account) {
    return account.unclaimed().signum() > 0
        && (account.state().withdrawRequestedAt() != 0
            || account.unclaimed().compareTo(enough) >= 0);
  }

  private void claim(List<ChannelAccount> accounts) {
    for (int from = 0; from < accounts.size(); from += BATCH) {
      List<ChannelAccount> batch = accounts.subList(from, Math.min(accounts.size(), from + BATCH));
      if (!isClaimed(batch) && batch.size() > 1) {
        // one bad channel must not hold up the others
        batch.forEach(one -> isClaimed(List.of(one)));
      }
    }
    Set<String> paid = new HashSet<>();
    for (ChannelAccount account : accounts) {
      if (paid.add(account.channel().receiver() + "@" + account.channel().token())) {
        log("paid out", facilitator.settle(claims.settle(account)));
      }
    }
  }

  private boolean isClaimed(List<ChannelAccount> batch) {
    SettleResponse claimed = facilitator.settle(claims.claim(batch));
    log("claimed", claimed);
    if (claimed.success()) {
      for (ChannelAccount account : batch) {
        ChannelState before = account.state();
        ledger.seen(
            account.id(),
            account.channel(),
            account.offer(),
            new ChannelState(
                before.balance(),
                account.earned(),
                before.withdrawRequestedAt(),
                before.refundNonce()));
      }
    }
    return claimed.success() || claimed.isPending();
  }

  private static void log(String what, SettleResponse response) {
    if (response.success()) {
      LOG.info("channels {} in {}", what, response.transaction());
    } else {
      LOG.warn(
          "channels not {}: {} {}",
          what,
          response.errorReason().orElse(""),
          response.errorMessage().orElse(""));
    }
  }

  @Override
  public void close() {
    rounds.interrupt();
  }
}
