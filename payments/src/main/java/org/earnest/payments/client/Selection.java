package org.earnest.payments.client;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;

/**
 * Chooses among a server's offers. Pure. The order in which they came does not matter: the cheapest
 * that is allowed wins, and amounts of different tokens are compared by what part of their cap they
 * are.
 */
final class Selection {
  private final SpendingPolicy policy;
  private final Purchase purchase;
  private final Spent spent;
  private final Instant now;
  private final Optional<Set<String>> signatures;

  /**
   * A selection for one purchase.
   *
   * @param spent what was paid within the last day
   * @param signatures the seller's own under its offers, where only signed ones may be paid
   */
  Selection(
      SpendingPolicy policy,
      Purchase purchase,
      Spent spent,
      Instant now,
      Optional<Set<String>> signatures) {
    this.now = now;
    this.signatures = signatures;
    this.policy = policy;
    this.purchase = purchase;
    this.spent = spent;
  }

  Choice choose(PaymentRequired required) {
    if (!policy.allows(purchase.address())) {
      return Objection.ORIGIN_NOT_ALLOWED.because(
          "the policy does not allow paying at " + purchase.origin());
    }
    if (isOfAnotherHost(required)) {
      return Objection.RESOURCE_MISMATCH.because("the offer is for a resource of another host");
    }
    List<Choice.Pay> allowed = new ArrayList<>();
    Map<String, String> objections = new TreeMap<>();
    for (PaymentRequirements offer : required.accepts()) {
      Optional<ChannelTerms> channel = ChannelTerms.read(offer);
      Reading<PaymentTerms> reading =
          channel
              .<Reading<PaymentTerms>>map(Reading.Understood::new)
              .orElseGet(() -> EvmPayments.terms(offer));
      switch (reading) {
        case Reading.Refused<PaymentTerms> refused ->
            objections.put(refused.reason().code(), refused.reason().remedy().sentence());
        case Reading.Understood<PaymentTerms> understood ->
            new SignedOffers(required, now, signatures)
                .objection(offer)
                .or(() -> objection(understood.value()))
                .or(() -> channel.flatMap(this::objection))
                .or(() -> inEscrow(understood.value()))
                .ifPresentOrElse(
                    objection -> objections.put(objection.code(), objection.remedy()),
                    () -> allowed.add(new Choice.Pay(offer, understood.value(), channel)));
      }
    }
    return allowed.stream()
        .min(cheapestFirst())
        .<Choice>map(pay -> pay)
        .orElseGet(() -> none(objections));
  }

  /** A server may be known by several schemes and ports behind a proxy, not by several hosts. */
  private boolean isOfAnotherHost(PaymentRequired required) {
    String host = purchase.address().getHost().toLowerCase(Locale.ROOT);
    return Origins.hostOf(required.resource().url())
        .filter(named -> !named.equals(host))
        .isPresent();
  }

  private Optional<Objection> objection(PaymentTerms offer) {
    TokenAmount price = offer.price();
    Optional<TokenAmount> cap = policy.perCall(price.asset());
    if (cap.isEmpty()) {
      return Optional.of(
          policy.allowsChainOf(price.asset())
              ? Objection.ASSET_NOT_ALLOWED
              : Objection.NETWORK_NOT_ALLOWED);
    }
    if (!policy.allows(offer.payTo())) {
      return Optional.of(Objection.PAYEE_NOT_ALLOWED);
    }
    if (price.compareTo(cap.get()) > 0) {
      return Optional.of(Objection.PRICE_ABOVE_CAP);
    }
    return notAsAdvertised(offer).or(() -> overBudget(price, cap.get()));
  }

  /** Money in channels comes back late, so what lies there unused is bounded as a day's most is. */
  private Optional<Objection> objection(ChannelTerms channel) {
    if (!policy.usesChannels()) {
      return Optional.of(Objection.CHANNELS_NOT_ALLOWED);
    }
    TokenAmount price = channel.price();
    TokenAmount most = policy.mostPerDay(policy.perCall(price.asset()).orElseThrow());
    return exceeds(spent.locked(price.asset()), price, most.plus(price))
        ? Optional.of(Objection.DAY_CAP_REACHED)
        : Optional.empty();
  }

  private Optional<Objection> inEscrow(PaymentTerms offer) {
    if (!(offer instanceof CaptureTerms escrow)) {
      return Optional.empty();
    }
    if (!policy.trusts(escrow.operator())) {
      return Optional.of(Objection.OPERATOR_NOT_ALLOWED);
    }
    return escrow.captureDeadline().isAfter(now.plus(SpendingPolicy.MAX_ESCROW))
        ? Optional.of(Objection.ESCROWED_TOO_LONG)
        : Optional.empty();
  }

  private Optional<Objection> notAsAdvertised(PaymentTerms offer) {
    Optional<Spending> before = spent.lastFor(purchase.route());
    if (before.filter(last -> !last.payTo().equals(offer.payTo())).isPresent()
        && !policy.names(offer.payTo())) {
      return Optional.of(Objection.PAYEE_CHANGED);
    }
    Optional<TokenAmount> price =
        policy.advertised(purchase.address()).or(() -> before.map(Spending::price));
    if (price.isEmpty() || price.get().equals(offer.price())) {
      return Optional.empty();
    }
    return Optional.of(
        price.get().asset().equals(offer.price().asset())
            ? Objection.PRICE_NOT_AS_ADVERTISED
            : Objection.RAIL_SWITCHED);
  }

  private Optional<Objection> overBudget(TokenAmount price, TokenAmount cap) {
    if (exceeds(spent.at(purchase.origin(), price.asset()), price, policy.mostPerHost(cap))) {
      return Optional.of(Objection.HOST_CAP_REACHED);
    }
    return exceeds(spent.inAll(price.asset()), price, policy.mostPerDay(cap))
        ? Optional.of(Objection.DAY_CAP_REACHED)
        : Optional.empty();
  }

  private static boolean exceeds(BigInteger before, TokenAmount price, TokenAmount most) {
    return before.add(price.atomicUnits()).compareTo(most.atomicUnits()) > 0;
  }

  private Comparator<Choice.Pay> cheapestFirst() {
    return this::compare;
  }

  private int compare(Choice.Pay one, Choice.Pay other) {
    int byPart =
        part(one.terms().price(), other.terms().price())
            .compareTo(part(other.terms().price(), one.terms().price()));
    return byPart != 0
        ? byPart
        : one.offer().toJson().toString().compareTo(other.offer().toJson().toString());
  }

  /** One price times the cap of the other: prices over caps, compared without a fraction. */
  private BigInteger part(TokenAmount price, TokenAmount other) {
    return price.atomicUnits().multiply(policy.perCall(other.asset()).orElseThrow().atomicUnits());
  }

  private static Choice none(Map<String, String> objections) {
    String all =
        "none of the server's offers may be paid: " + String.join(", ", objections.keySet());
    String remedies = String.join(" ", objections.values().stream().distinct().toList());
    return new Choice.Decline(
        objections.size() == 1
            ? objections.keySet().iterator().next()
            : Objection.NO_ACCEPTABLE_OFFER.code(),
        all + ". " + remedies);
  }
}
