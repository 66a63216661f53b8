package org.earnest.payments.client;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;

/**
 * The JDK's HTTP client, which answers 402 with a payment, within a policy. It follows no redirect:
 * a payment is only ever shown to the address that was asked for. What it signs is in its journal
 * before it is shown; for a request whose payment may still be used it shows that one again, and
 * signs no other.
 */
public final class PayingHttpClient {
  private final HttpClient http;
  private final PaymentSigner signer;
  private final ChannelSigner channels;
  private final SpendingPolicy policy;
  private final PaymentJournal journal;
  private final InstantSource clock;
  private final Permits permits;
  private final Showing showing;

  private PayingHttpClient(
      HttpClient http,
      PaymentSigner signer,
      ChannelSigner channels,
      SpendingPolicy policy,
      InstantSource clock,
      PaymentJournal journal,
      Optional<ChainReader> chain) {
    this.http = http;
    this.signer = signer;
    this.channels = channels;
    this.policy = policy;
    this.clock = clock;
    this.journal = journal;
    this.permits = new Permits(signer, journal.inFlight(), chain);
    this.showing = new Showing(http, signer.payer(), policy);
  }

  /**
   * The same, which asks the chain whether Permit2 may fetch what a payment through it takes. Where
   * it may not, and the seller's facilitator pays for that (extension {@code
   * eip2612GasSponsoring}), a permit over just that much is signed along, so that the payer needs
   * no gas.
   */
  public PayingHttpClient permitting(ChainReader reader) {
    return new PayingHttpClient(
        http, signer, channels, policy, clock, journal, Optional.of(reader));
  }

  /**
   * Makes a client pay, and remember what it paid until the process ends.
   *
   * @param http must not follow redirects, as it would carry the payment along
   * @param signer of the account that pays
   * @throws IllegalArgumentException when {@code http} follows redirects
   */
  public static PayingHttpClient wrap(HttpClient http, EvmSigner signer, SpendingPolicy policy) {
    return wrap(http, signer, policy, InstantSource.system());
  }

  /** The same by another clock, such as the chain's. */
  public static PayingHttpClient wrap(
      HttpClient http, EvmSigner signer, SpendingPolicy policy, InstantSource clock) {
    return wrap(http, signer, policy, clock, PaymentJournal.inMemory());
  }

  /** The same with a journal, which it does not close: budgets and payments outlive a crash. */
  public static PayingHttpClient wrap(
      HttpClient http,
      EvmSigner signer,
      SpendingPolicy policy,
      InstantSource clock,
      PaymentJournal journal) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "a paying client must not follow redirects: build the HttpClient with Redirect.NEVER");
    }
    return new PayingHttpClient(
        http,
        new PaymentSigner(signer),
        new ChannelSigner(signer),
        policy,
        clock,
        journal,
        Optional.empty());
  }

  /**
   * Sends a request, and again with a payment if one is asked for and the policy allows it.
   *
   * @param request its body publisher must be able to publish several times
   * @throws PaymentJournalException when the journal cannot be written; nothing was shown then
   */
  public <T> Exchange<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
    Showing.requireUnpaid(request);
    Purchase purchase = Purchase.of(signer.payer(), request);
    if (policy.allows(request.uri()) && journal.open(purchase).isPresent()) {
      return inTurn(request, bodies, purchase, Optional.empty());
    }
    Answer<T> first = ask(request, bodies);
    return first.asksForPayment()
        ? inTurn(request, bodies, purchase, Optional.of(first))
        : new Exchange.Free<>(first.response());
  }

  /**
   * Sends a request with a payment made before: for an answer that got lost. It buys nothing twice.
   *
   * @throws IllegalArgumentException when the policy does not allow payments to this address
   */
  public <T> Exchange<T> resend(
      HttpRequest request, SignedPayment payment, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
    if (!policy.allows(request.uri())) {
      throw new IllegalArgumentException("the policy does not allow paying at this address");
    }
    return showing.show(request, bodies, payment);
  }

  private <T> Exchange<T> inTurn(
      HttpRequest request,
      HttpResponse.BodyHandler<T> bodies,
      Purchase purchase,
      Optional<Answer<T>> asked)
      throws IOException, InterruptedException {
    if (!journal.inFlight().enter(purchase, policy.atOnce(), InFlight.PATIENCE)) {
      Answer<T> answer = asked.isPresent() ? asked.get() : ask(request, bodies);
      return answer.asksForPayment()
          ? declined(answer, Objection.PAYMENT_IN_FLIGHT.because("others are paying there"))
          : new Exchange.Free<>(answer.response());
    }
    try {
      Optional<OpenPayment> open = journal.open(purchase);
      if (open.isPresent() && policy.allows(request.uri())) {
        Exchange<T> again =
            settled(open.get(), showing.show(request, bodies, open.get().payment()));
        return isDone(open.get(), again) ? again : buy(request, bodies, purchase, Optional.empty());
      }
      return buy(request, bodies, purchase, asked);
    } finally {
      journal.inFlight().leave(purchase);
    }
  }

  /** False when the payment can no longer be used, was not, and another one may be signed. */
  private <T> boolean isDone(OpenPayment open, Exchange<T> again) {
    if (!(again instanceof Exchange.NotTaken<T> refused) || !open.isOver(clock.instant())) {
      return true;
    }
    if (Showing.saysItWasUsed(refused)) {
      journal.settled(open.spending().id(), clock.instant(), ReceiptStanding.ABSENT);
      return true;
    }
    if (!Showing.isRefusal(refused)) {
      return true;
    }
    journal.expired(open.spending().id());
    return false;
  }

  private <T> Exchange<T> buy(
      HttpRequest request,
      HttpResponse.BodyHandler<T> bodies,
      Purchase purchase,
      Optional<Answer<T>> before)
      throws IOException, InterruptedException {
    Answer<T> answer = before.isPresent() ? before.get() : ask(request, bodies);
    if (!answer.asksForPayment()) {
      return new Exchange.Free<>(answer.response());
    }
    Optional<Answer.Asked> asked = answer.asked();
    if (asked.isEmpty()) {
      return declined(
          answer,
          Objection.MALFORMED_PAYMENT_REQUIRED.because(
              "the server asks for a payment without one readable offer"));
    }
    if (isServed(purchase)) {
      return declined(
          answer, Objection.PAID_ALREADY.because("this very request was paid for just now"));
    }
    return switch (choose(purchase, asked.get())) {
      case Choice.Decline decline -> declined(answer, decline);
      case Choice.Pay pay ->
          pay.channel().isPresent()
              ? outOfChannel(request, bodies, purchase, answer, asked.get(), pay)
              : paid(request, bodies, purchase, answer, asked.get(), pay);
    };
  }

  private <T> Exchange<T> paid(
      HttpRequest request,
      HttpResponse.BodyHandler<T> bodies,
      Purchase purchase,
      Answer<T> answer,
      Answer.Asked asked,
      Choice.Pay pay)
      throws IOException, InterruptedException {
    try {
      Optional<Permits.Turn> turn = permits.turn(asked.required(), pay);
      if (!permits.enter(turn)) {
        return declined(answer, Permits.UNDER_WAY);
      }
      try {
        return shown(request, bodies, sign(purchase, asked, pay, turn));
      } finally {
        permits.leave(turn);
      }
    } finally {
      journal.release(purchase);
    }
  }

  private <T> Exchange<T> shown(
      HttpRequest request, HttpResponse.BodyHandler<T> bodies, OpenPayment open)
      throws IOException, InterruptedException {
    return settled(open, showing.show(request, bodies, open.payment()));
  }

  /** Pays by a voucher, and once more where the seller proves that the channel stands otherwise. */
  private <T> Exchange<T> outOfChannel(
      HttpRequest request,
      HttpResponse.BodyHandler<T> bodies,
      Purchase purchase,
      Answer<T> answer,
      Answer.Asked asked,
      Choice.Pay pay)
      throws IOException, InterruptedException {
    ChannelTerms terms = pay.channel().orElseThrow();
    ChannelTurn turn = turn(purchase, terms);
    Exchange<T> first = byVoucher(request, bodies, purchase, answer, asked, pay, turn);
    if (!(first instanceof Exchange.NotTaken<T> refused)) {
      return first;
    }
    Optional<Purse> corrected =
        Answer.header(refused.response(), PaymentHeaders.PAYMENT_REQUIRED, PaymentRequired::parse)
            .flatMap(required -> channels.corrected(turn, terms, required));
    if (corrected.isEmpty()) {
      return first;
    }
    journal.open(purchase).ifPresent(open -> journal.expired(open.spending().id()));
    journal.corrected(corrected.get());
    return switch (choose(purchase, asked)) {
      case Choice.Decline decline -> declined(answer, decline);
      case Choice.Pay again when again.equals(pay) ->
          byVoucher(
              request,
              bodies,
              purchase,
              answer,
              asked,
              pay,
              journal.turnFrom(
                  turn, corrected.get(), terms.price().atomicUnits(), InFlight.PATIENCE));
      case Choice.Pay other -> {
        journal.release(purchase);
        yield first;
      }
    };
  }

  private ChannelTurn turn(Purchase purchase, ChannelTerms terms) throws InterruptedException {
    Purse purse = Purse.empty(channels.channel(terms), terms.chain(), purchase.origin());
    return journal.turn(purse, terms.price().atomicUnits(), InFlight.PATIENCE);
  }

  private <T> Exchange<T> byVoucher(
      HttpRequest request,
      HttpResponse.BodyHandler<T> bodies,
      Purchase purchase,
      Answer<T> answer,
      Answer.Asked asked,
      Choice.Pay pay,
      ChannelTurn turn)
      throws IOException, InterruptedException {
    try {
      ChannelTerms terms = pay.channel().orElseThrow();
      TokenAmount most = policy.mostPerDay(policy.perCall(terms.price().asset()).orElseThrow());
      Optional<BigInteger> deposit = turn.deposit(terms.minDeposit(), most.atomicUnits());
      if (deposit.isEmpty()) {
        journal.giveBack(turn);
        journal.release(purchase);
        return declined(
            answer,
            Objection.DAY_CAP_REACHED.because("the deposit would lock up more than a day's most"));
      }
      return shown(request, bodies, sign(purchase, asked, pay, terms, turn.max(), deposit.get()));
    } finally {
      journal.over(turn);
    }
  }

  private OpenPayment sign(
      Purchase purchase,
      Answer.Asked asked,
      Choice.Pay pay,
      ChannelTerms terms,
      BigInteger max,
      BigInteger deposit) {
    try {
      Instant now = clock.instant();
      Duration lifetime = policy.lifetime(pay.terms());
      ChannelPayload signed = channels.sign(terms, max, deposit, now, lifetime);
      PaymentPayload payload = PaymentPayload.of(asked.required(), pay.offer(), signed.toJson());
      SignedPayment payment = new SignedPayment(asked.version(), payload);
      Spending spending =
          new Spending(
              new ChannelPayment(terms, (ChannelPayload.OfClient) signed).key(),
              purchase.id(),
              purchase.route(),
              purchase.origin(),
              terms.price(),
              terms.payTo(),
              now,
              now.plus(lifetime));
      journal.signed(spending, payment);
      return new OpenPayment(spending, payment);
    } finally {
      journal.release(purchase);
    }
  }

  private boolean isServed(Purchase purchase) {
    Instant limit = clock.instant().minus(policy.repeatAfter());
    return journal.served(purchase).filter(served -> served.isAfter(limit)).isPresent();
  }

  private Choice choose(Purchase purchase, Answer.Asked asked) {
    // Before the journal is held, as asking for keys takes its time.
    Optional<Set<String>> made = policy.signatures(asked.required(), purchase.address());
    Instant now = clock.instant();
    return journal.choose(
        purchase,
        now,
        spent -> new Selection(policy, purchase, spent, now, made).choose(asked.required()));
  }

  private OpenPayment sign(
      Purchase purchase, Answer.Asked asked, Choice.Pay pay, Optional<Permits.Turn> permit) {
    try {
      Instant now = clock.instant();
      PaymentSigner.Signed signed = signer.sign(pay.terms(), now, policy.lifetime(pay.terms()));
      PaymentPayload payload =
          PaymentPayload.of(asked.required(), pay.offer(), signed.payload())
              .extended(permits.extensions(permit, asked.required(), pay, signed.validBefore()));
      SignedPayment payment = new SignedPayment(asked.version(), payload);
      Spending spending =
          new Spending(
              signed.key().id(),
              purchase.id(),
              purchase.route(),
              purchase.origin(),
              pay.terms().price(),
              pay.terms().payTo(),
              now,
              signed.validBefore());
      journal.signed(spending, payment);
      return new OpenPayment(spending, payment);
    } finally {
      journal.release(purchase);
    }
  }

  private <T> Exchange<T> settled(OpenPayment open, Exchange<T> exchange) {
    if (exchange instanceof Exchange.Paid<T> paid) {
      journal.settled(open.spending().id(), clock.instant(), paid.receipt());
    }
    return exchange;
  }

  private static <T> Exchange<T> declined(Answer<T> answer, Choice.Decline decline) {
    return new Exchange.Declined<>(answer.response(), decline.code(), decline.detail());
  }

  private <T> Answer<T> ask(HttpRequest request, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
    CapturedBody<T> captured = new CapturedBody<>(bodies);
    return new Answer<>(http.send(request, captured), captured.bytes());
  }
}
