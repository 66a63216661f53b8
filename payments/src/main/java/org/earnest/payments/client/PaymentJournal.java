package org.earnest.payments.client;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.Hash32;

/**
 * What was paid, and what may have been: the memory of a buyer that is killed at any moment and
 * still pays for nothing twice. Each payment is in it, on the disk, before a seller sees it. Buyers
 * in one process may share it; it has its file for itself.
 */
public final class PaymentJournal implements AutoCloseable {
  private final Ledger ledger = new Ledger();
  private final JournalTape tape;
  private final InFlight inFlight = new InFlight();

  PaymentJournal(JournalTape tape) {
    this.tape = tape;
    tape.read().forEach(ledger::add);
  }

  /** One that forgets with the process: for tests, and for buyers that may pay again after it. */
  public static PaymentJournal inMemory() {
    return new PaymentJournal(JournalTape.inMemory());
  }

  /**
   * One in a file, which is made where there is none, for its owner's eyes only.
   *
   * @throws PaymentJournalException when another has it, it was tampered with, or it cannot be
   *     written
   */
  public static PaymentJournal open(Path file) {
    JournalFile tape = JournalFile.open(file);
    try {
      return new PaymentJournal(tape);
    } catch (RuntimeException failure) {
      tape.close();
      throw failure;
    }
  }

  InFlight inFlight() {
    return inFlight;
  }

  synchronized Optional<OpenPayment> open(Purchase purchase) {
    return ledger.open(purchase.id());
  }

  synchronized Optional<Instant> served(Purchase purchase) {
    return ledger.served(purchase.id());
  }

  /** Decides by what was spent, and holds the amount if something is to be paid. */
  synchronized Choice choose(Purchase purchase, Instant now, Function<Spent, Choice> decision) {
    ledger.forget(now);
    Choice choice = decision.apply(ledger);
    if (choice instanceof Choice.Pay pay) {
      ledger.hold(purchase, pay.terms().price());
    }
    return choice;
  }

  /** What was held will not be signed. */
  synchronized void release(Purchase purchase) {
    ledger.release(purchase);
  }

  /** Before the payment is shown to anybody. */
  synchronized void signed(Spending spending, SignedPayment payment) {
    write(new JournalEvent.Signed(spending, Optional.of(payment)));
  }

  synchronized void settled(Hash32 id, Instant now, ReceiptStanding receipt) {
    write(new JournalEvent.Settled(id, now, receipt));
  }

  synchronized void expired(Hash32 id) {
    write(new JournalEvent.Expired(id));
  }

  /** All channels that are remembered. */
  public synchronized List<Purse> purses() {
    return ledger.purses().all();
  }

  /** What a channel's next voucher is, after waiting for a deposit that others are making. */
  ChannelTurn turn(Purse fresh, BigInteger price, Duration patience) throws InterruptedException {
    return turn(fresh, Optional.empty(), price, patience);
  }

  /**
   * The same after a seller has proved where it stands, below what was signed perhaps. Its proof
   * may be older than what others were served meanwhile, and what they signed is theirs.
   *
   * @param refused the turn whose voucher the seller refused
   */
  ChannelTurn turnFrom(ChannelTurn refused, Purse proved, BigInteger price, Duration patience)
      throws InterruptedException {
    return turn(proved, Optional.of(refused), price, patience);
  }

  private synchronized ChannelTurn turn(
      Purse fresh, Optional<ChannelTurn> refused, BigInteger price, Duration patience)
      throws InterruptedException {
    Purses purses = ledger.purses();
    long end = System.nanoTime() + patience.toNanos();
    while ((purses.isFilling(fresh.id()) || (refused.isPresent() && purses.isBusy(fresh.id())))
        && System.nanoTime() - end < 0) {
      wait(1 + Math.max(0, end - System.nanoTime()) / 1_000_000);
    }
    Purse purse = purses.find(fresh.id()).orElse(fresh);
    BigInteger from =
        refused
            .filter(same -> purses.isIdle(purse.id()))
            .map(turn -> fresh.cursor().max(purses.servedSince(turn)))
            .orElse(purse.cursor());
    BigInteger max = from.min(purse.cursor()).add(price);
    BigInteger missing = max.subtract(purse.balance()).max(BigInteger.ZERO);
    purses.take(purse, max);
    if (missing.signum() > 0) {
      purses.fills(purse.id());
    }
    return new ChannelTurn(
        purse,
        max,
        missing,
        purses.locked(purse.asset()).subtract(purse.locked()),
        purses.servings());
  }

  /** No voucher is signed in this turn. */
  synchronized void giveBack(ChannelTurn turn) {
    ledger.purses().giveBack(turn.purse(), turn.max());
  }

  /** A turn has come to its end, whatever it was. */
  synchronized void over(ChannelTurn turn) {
    ledger.purses().over(turn);
    notifyAll();
  }

  /** Remembers what the chain says that a channel holds. */
  public synchronized void holds(Purse purse, BigInteger balance) {
    write(new JournalEvent.Channel(purse.holding(balance)));
  }

  /** What a seller has proved of a channel. */
  synchronized void corrected(Purse purse) {
    write(new JournalEvent.Channel(purse));
  }

  synchronized Optional<Purse> purse(Hash32 channel) {
    return ledger.purses().find(channel);
  }

  private void write(JournalEvent event) {
    tape.append(event);
    ledger.add(event);
    if (tape.isLong()) {
      tape.rewrite(ledger.events());
    }
  }

  @Override
  public synchronized void close() {
    tape.close();
  }
}
