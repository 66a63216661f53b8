package org.earnest.payments.client;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;

/**
 * What a client may spend without asking. Nothing is allowed that is not named: each token has its
 * most per call, and each call goes to a named origin or pays a named payee, or both where both are
 * named.
 */
public final class SpendingPolicy {
  /** How long a signed payment may be used at most, unless the policy says otherwise. */
  public static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

  private final Map<Caip19AssetId, TokenAmount> caps;
  private final Set<String> origins;
  private final Set<EvmAddress> payees;
  private final Duration maxLifetime;

  private SpendingPolicy(
      Map<Caip19AssetId, TokenAmount> caps,
      Set<String> origins,
      Set<EvmAddress> payees,
      Duration maxLifetime) {
    this.caps = caps;
    this.origins = Set.copyOf(origins);
    this.payees = Set.copyOf(payees);
    this.maxLifetime = maxLifetime;
  }

  /** At most these amounts per call, one for each token that may be spent; to nobody yet. */
  public static SpendingPolicy upTo(TokenAmount... perCall) {
    return new SpendingPolicy(
        List.of(perCall).stream()
            .collect(Collectors.toUnmodifiableMap(TokenAmount::asset, Function.identity())),
        Set.of(),
        Set.of(),
        MAX_LIFETIME);
  }

  /** Also at this origin: scheme, host and port of the address. */
  public SpendingPolicy at(URI origin) {
    return new SpendingPolicy(caps, with(origins, origin(origin)), payees, maxLifetime);
  }

  /** Also to this account. */
  public SpendingPolicy to(EvmAddress payee) {
    return new SpendingPolicy(caps, origins, with(payees, payee), maxLifetime);
  }

  /** A signed payment is good for this long at most, whatever the server asks. */
  public SpendingPolicy livingAtMost(Duration lifetime) {
    return new SpendingPolicy(caps, origins, payees, lifetime);
  }

  Duration lifetime(ExactRequirements offer) {
    return offer.maxTimeout().compareTo(maxLifetime) < 0 ? offer.maxTimeout() : maxLifetime;
  }

  /** Whether a payment may be shown to this address at all. */
  boolean allows(URI request) {
    return origins.isEmpty() ? !payees.isEmpty() : origins.contains(origin(request));
  }

  /** The first offer that may be paid; the server's order is its preference. */
  Choice choose(URI request, PaymentRequired required) {
    if (!allows(request)) {
      return new Choice.Decline(
          "origin_not_allowed", "the policy does not allow paying at " + origin(request));
    }
    Set<String> reasons = new TreeSet<>();
    for (PaymentRequirements offer : required.accepts()) {
      switch (ExactRequirements.of(offer)) {
        case Reading.Refused<ExactRequirements> refused -> reasons.add(refused.reason().code());
        case Reading.Understood<ExactRequirements> understood -> {
          Optional<String> objection = objection(understood.value());
          if (objection.isEmpty()) {
            return new Choice.Pay(offer, understood.value());
          }
          reasons.add(objection.get());
        }
      }
    }
    return new Choice.Decline(
        reasons.size() == 1 ? reasons.iterator().next() : "no_acceptable_offer",
        "none of the server's offers may be paid: " + String.join(", ", reasons));
  }

  private Optional<String> objection(ExactRequirements offer) {
    TokenAmount cap = caps.get(offer.price().asset());
    if (cap == null) {
      return Optional.of("asset_not_allowed");
    }
    if (offer.price().compareTo(cap) > 0) {
      return Optional.of("price_above_cap");
    }
    return payees.isEmpty() || payees.contains(offer.payTo())
        ? Optional.empty()
        : Optional.of("payee_not_allowed");
  }

  /** Scheme, host and port, each in its one form. */
  static String origin(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException("an absolute address with a host is needed");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() < 0 ? standard : uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private static <T> Set<T> with(Collection<T> some, T one) {
    Set<T> all = new HashSet<>(some);
    all.add(one);
    return all;
  }
}
