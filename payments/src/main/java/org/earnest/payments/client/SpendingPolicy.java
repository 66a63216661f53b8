package org.earnest.payments.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.wire.PaymentRequired;

/**
 * What a client may spend without asking. Nothing is allowed that is not named: each token, and by
 * it its chain, has its most per call; each call goes to a named origin or pays a named payee, or
 * both where both are named. The other bounds are there by themselves, and can be moved.
 */
public final class SpendingPolicy {
  /** How long a signed payment may be used at most, unless the policy says otherwise. */
  public static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

  /** So many calls at their cap are a day's most, unless the policy says otherwise. */
  public static final int CALLS_PER_DAY = 100;

  /** How soon the very same request may be bought again, unless the policy says otherwise. */
  public static final Duration REPEAT_AFTER = Duration.ofMinutes(1);

  /** What is summed up, and how long a price is remembered. */
  public static final Duration DAY = Duration.ofDays(1);

  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  /** How long money may wait in escrow at most. */
  public static final Duration MAX_ESCROW = Duration.ofDays(90);

  private record Allowed(
      Set<String> origins,
      Set<EvmAddress> payees,
      Set<EvmAddress> operators,
      Optional<OfferSigners> signers) {}

  private record Caps(
      Map<Caip19AssetId, TokenAmount> perCall,
      Map<Caip19AssetId, TokenAmount> perHost,
      Map<Caip19AssetId, TokenAmount> perDay) {}

  private record Habits(Duration lifetime, Duration repeatAfter, int atOnce, boolean channels) {}

  private final Allowed allowed;
  private final Caps caps;
  private final Habits habits;
  private final Map<URI, TokenAmount> advertised;

  private SpendingPolicy(
      Allowed allowed, Caps caps, Habits habits, Map<URI, TokenAmount> advertised) {
    this.allowed = allowed;
    this.caps = caps;
    this.habits = habits;
    this.advertised = advertised;
  }

  /** At most these amounts per call, one for each token that may be spent; to nobody yet. */
  public static SpendingPolicy upTo(TokenAmount... perCall) {
    return new SpendingPolicy(
        new Allowed(Set.of(), Set.of(), Set.of(), Optional.empty()),
        new Caps(byAsset(perCall), Map.of(), Map.of()),
        new Habits(MAX_LIFETIME, REPEAT_AFTER, 1, false),
        Map.of());
  }

  /** Also at this origin: scheme, host and port of the address. */
  public SpendingPolicy at(URI origin) {
    return with(
        new Allowed(
            with(allowed.origins, Origins.of(origin)),
            allowed.payees,
            allowed.operators,
            allowed.signers));
  }

  /** Also to this account. */
  public SpendingPolicy to(EvmAddress payee) {
    return with(
        new Allowed(
            allowed.origins, with(allowed.payees, payee), allowed.operators, allowed.signers));
  }

  /**
   * Also into escrow under this operator, whose code decides who can dispute a payment and how: one
   * that is not trusted could hold the money for {@link #MAX_ESCROW}.
   */
  public SpendingPolicy intoEscrowOf(EvmAddress operator) {
    return with(
        new Allowed(
            allowed.origins, allowed.payees, with(allowed.operators, operator), allowed.signers));
  }

  /** Only what the seller has signed: its keys are asked for before anything is paid. */
  public SpendingPolicy signedBy(OfferSigners seller) {
    return with(
        new Allowed(allowed.origins, allowed.payees, allowed.operators, Optional.of(seller)));
  }

  /** At one origin at most these amounts within any {@link #DAY}; a day's most where not named. */
  public SpendingPolicy perHost(TokenAmount... most) {
    return with(new Caps(caps.perCall, byAsset(most), caps.perDay));
  }

  /** In all at most these amounts within any {@link #DAY}; else {@link #CALLS_PER_DAY} calls. */
  public SpendingPolicy perDay(TokenAmount... most) {
    return with(new Caps(caps.perCall, caps.perHost, byAsset(most)));
  }

  /**
   * What this address costs, as its owner was told, on a page or in a directory. Another price is
   * not paid. For an address that is not named here the price last paid within a {@link #DAY}
   * counts.
   */
  public SpendingPolicy advertised(URI address, TokenAmount price) {
    Map<URI, TokenAmount> all = new HashMap<>(advertised);
    all.put(address, price);
    return new SpendingPolicy(allowed, caps, habits, Map.copyOf(all));
  }

  /** A signed payment is good for this long at most, whatever the server asks. */
  public SpendingPolicy livingAtMost(Duration lifetime) {
    return with(new Habits(lifetime, habits.repeatAfter, habits.atOnce, habits.channels));
  }

  /** The very same request may be bought again so long after it was paid; at once for zero. */
  public SpendingPolicy repeatingAfter(Duration pause) {
    return with(new Habits(habits.lifetime, pause, habits.atOnce, habits.channels));
  }

  /** So many payments to one route at a time, for requests that differ in their body. */
  public SpendingPolicy atOnce(int payments) {
    if (payments < 1) {
      throw new IllegalArgumentException("at least one payment at a time");
    }
    return with(new Habits(habits.lifetime, habits.repeatAfter, payments, habits.channels));
  }

  /**
   * Also out of payment channels, where a seller offers that: some calls are deposited at once, and
   * each is then paid by a signature. What is not used comes back when the seller agrees, or after
   * the channel's delay; never more lies there than a day's most.
   */
  public SpendingPolicy throughChannels() {
    return with(new Habits(habits.lifetime, habits.repeatAfter, habits.atOnce, true));
  }

  /** The seller's signatures under its offers; empty where offers need none. Asks for keys. */
  Optional<Set<String>> signatures(PaymentRequired required, URI address) {
    return allowed.signers.map(
        seller -> allows(address) ? seller.made(required, address) : Set.of());
  }

  /** Whether the seller at an address made a signature; empty where its word is not asked for. */
  Optional<Predicate<String>> madeBySeller(URI address) {
    return allowed.signers.map(seller -> signature -> seller.isMade(signature, address));
  }

  boolean trusts(EvmAddress operator) {
    return allowed.operators.contains(operator);
  }

  boolean usesChannels() {
    return habits.channels;
  }

  Duration lifetime(PaymentTerms offer) {
    return offer.maxTimeout().compareTo(habits.lifetime) < 0 ? offer.maxTimeout() : habits.lifetime;
  }

  Duration repeatAfter() {
    return habits.repeatAfter;
  }

  int atOnce() {
    return habits.atOnce;
  }

  /** Whether a payment may be shown to this address at all. */
  boolean allows(URI request) {
    return allowed.origins.isEmpty()
        ? !allowed.payees.isEmpty()
        : allowed.origins.contains(Origins.of(request));
  }

  boolean allows(EvmAddress payee) {
    return allowed.payees.isEmpty() || allowed.payees.contains(payee);
  }

  /** Whether the payee was named, so that it may differ from the last one. */
  boolean names(EvmAddress payee) {
    return allowed.payees.contains(payee);
  }

  Optional<TokenAmount> advertised(URI address) {
    return Optional.ofNullable(advertised.get(address));
  }

  boolean allowsChainOf(Caip19AssetId asset) {
    return caps.perCall.keySet().stream().anyMatch(known -> known.chain().equals(asset.chain()));
  }

  /** Empty for a token that may not be spent. */
  Optional<TokenAmount> perCall(Caip19AssetId asset) {
    return Optional.ofNullable(caps.perCall.get(asset));
  }

  TokenAmount mostPerDay(TokenAmount perCall) {
    return caps.perDay.getOrDefault(
        perCall.asset(),
        new TokenAmount(
            perCall.asset(),
            perCall.atomicUnits().multiply(BigInteger.valueOf(CALLS_PER_DAY)).min(MOST)));
  }

  TokenAmount mostPerHost(TokenAmount perCall) {
    return caps.perHost.getOrDefault(perCall.asset(), mostPerDay(perCall));
  }

  private SpendingPolicy with(Allowed changed) {
    return new SpendingPolicy(changed, caps, habits, advertised);
  }

  private SpendingPolicy with(Caps changed) {
    return new SpendingPolicy(allowed, changed, habits, advertised);
  }

  private SpendingPolicy with(Habits changed) {
    return new SpendingPolicy(allowed, caps, changed, advertised);
  }

  private static Map<Caip19AssetId, TokenAmount> byAsset(TokenAmount... amounts) {
    return List.of(amounts).stream()
        .collect(Collectors.toUnmodifiableMap(TokenAmount::asset, Function.identity()));
  }

  private static <T> Set<T> with(Collection<T> some, T one) {
    Set<T> all = new HashSet<>(some);
    all.add(one);
    return Set.copyOf(all);
  }
}
