package org.earnest.payments.client;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.JwsVerifier;
import org.earnest.payments.wire.PaymentRequired;
import tools.jackson.databind.JsonNode;

/**
 * Who may sign a seller's offers and receipts (extension {@code offer-receipt}): the seller's DID,
 * and the DIDs that its document names as its own ({@code alsoKnownAs}), by keys that they let
 * assert.
 */
public final class OfferSigners {
  /** So many other names of a seller count. */
  static final int MOST_NAMES = 8;

  private static final int HTTPS_PORT = 443;

  private final JwsVerifier signatures;
  private final DidResolver resolver;
  private final Optional<Did> seller;

  private OfferSigners(JwsVerifier signatures, DidResolver resolver, Optional<Did> seller) {
    this.signatures = signatures;
    this.resolver = resolver;
    this.seller = seller;
  }

  /** This seller, whom the buyer knows from elsewhere. */
  public static OfferSigners of(Did seller, JwsVerifier signatures, DidResolver resolver) {
    return new OfferSigners(signatures, resolver, Optional.of(seller));
  }

  /** Whoever has the host and the port that are asked (did:web). */
  public static OfferSigners ofOrigin(JwsVerifier signatures, DidResolver resolver) {
    return new OfferSigners(signatures, resolver, Optional.empty());
  }

  /** Those of the offers' signatures that the seller at this address made. Asks for its keys. */
  Set<String> made(PaymentRequired required, URI address) {
    Set<String> signed =
        SignedOffers.offers(required)
            .map(offer -> offer.path("signature"))
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .collect(Collectors.toSet());
    return signed.isEmpty() ? Set.of() : made(signed, address);
  }

  /** Whether the seller at this address made a signature. Asks for its keys. */
  boolean isMade(String signature, URI address) {
    return !made(Set.of(signature), address).isEmpty();
  }

  private Set<String> made(Set<String> signed, URI address) {
    Optional<Did> did = seller.or(() -> ofOrigin(address));
    if (did.isEmpty()) {
      return Set.of();
    }
    Set<Did> names = names(did.get());
    return signed.stream()
        .filter(signature -> signatures.isSignedBy(names, signature))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<Did> names(Did did) {
    Set<Did> names = new HashSet<>(Set.of(did));
    if (resolver.resolve(did) instanceof DidResolution.Resolved resolved
        && resolved.document().id().equals(did)) {
      resolved.document().alsoKnownAs().stream()
          .sorted()
          .flatMap(name -> did(name).stream())
          .limit(MOST_NAMES)
          .forEach(names::add);
    }
    return names;
  }

  /** Empty for what did:web cannot name, as IPv6 addresses. */
  private static Optional<Did> ofOrigin(URI address) {
    int port = address.getPort();
    return did(
        "did:web:"
            + address.getHost().toLowerCase(Locale.ROOT)
            + (port < 0 || port == HTTPS_PORT ? "" : "%3A" + port));
  }

  private static Optional<Did> did(String text) {
    try {
      return Optional.of(new Did(text));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
