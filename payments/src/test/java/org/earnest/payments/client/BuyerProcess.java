package org.earnest.payments.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.testing.Payments;

/**
 * A buyer in a process of its own, which stops for good at one step, so that it can be killed
 * there. Arguments: the address, the journal, the step.
 */
final class BuyerProcess {
  /** Where it can stop. */
  enum Step {
    /** Signed, not recorded. */
    SIGNED,
    /** Recorded, not shown. */
    RECORDED,
    /** Shown; the seller keeps it waiting. */
    SHOWN,
    /** Answered, and that not recorded. */
    ANSWERED,
    /** Answered, and that recorded. */
    REMEMBERED,
    /** It does not. */
    NEVER
  }

  static final String STOPPED = "stopped";

  /** No pause of the machine is taken for a buyer that is to ask again. */
  private static final Duration LONG = Duration.ofHours(1);

  private BuyerProcess() {}

  public static void main(String[] args) throws Exception {
    Step step = Step.valueOf(args[2]);
    URI shop = URI.create(args[0]);
    try (PaymentJournal journal = new PaymentJournal(tape(Path.of(args[1]), step))) {
      Exchange<String> exchange =
          PayingHttpClient.wrap(
                  HttpClient.newHttpClient(),
                  signer(step),
                  SpendingPolicy.upTo(TokenAmount.of(Payments.USDC, 1_000))
                      .at(shop)
                      .repeatingAfter(LONG),
                  InstantSource.system(),
                  journal)
              .send(HttpRequest.newBuilder(shop).build(), BodyHandlers.ofString());
      System.out.println(
          exchange instanceof Exchange.Declined<String> declined
              ? declined.code()
              : exchange.getClass().getSimpleName());
    }
  }

  private static void stop() {
    System.out.println(STOPPED);
    System.out.flush();
    while (true) {
      LockSupport.park();
    }
  }

  private static EvmSigner signer(Step step) {
    return new EvmSigner() {
      @Override
      public EvmAddress address() {
        return Payments.BUYER.address();
      }

      @Override
      public byte[] sign(byte[] message) {
        byte[] signature = Payments.BUYER.sign(message);
        if (step == Step.SIGNED) {
          stop();
        }
        return signature;
      }
    };
  }

  private static JournalTape tape(Path file, Step step) {
    JournalTape tape = JournalFile.open(file);
    return new JournalTape() {
      @Override
      public List<JournalEvent> read() {
        return tape.read();
      }

      @Override
      public void append(JournalEvent event) {
        if (step == Step.ANSWERED && event instanceof JournalEvent.Settled) {
          stop();
        }
        tape.append(event);
        if (step == Step.RECORDED
            || (step == Step.REMEMBERED && event instanceof JournalEvent.Settled)) {
          stop();
        }
      }

      @Override
      public boolean isLong() {
        return tape.isLong();
      }

      @Override
      public void rewrite(List<JournalEvent> events) {
        tape.rewrite(events);
      }

      @Override
      public void close() {
        tape.close();
      }
    };
  }
}
