package org.earnest.escrow.decide;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/** One escrow contract on one chain, and the tokens that this service opens deals in. */
public final class EscrowBounds {
  private final Caip2ChainId chain;
  private final EvmAddress escrow;
  private final Map<EvmAddress, AllowedToken> tokens;
  private final DealTypedData typedData;

  public EscrowBounds(Caip2ChainId chain, EvmAddress escrow, List<AllowedToken> tokens) {
    this.chain = chain;
    this.escrow = escrow;
    this.tokens =
        tokens.stream()
            .collect(Collectors.toUnmodifiableMap(AllowedToken::token, Function.identity()));
    this.typedData = new DealTypedData(chain, escrow);
  }

  public Caip2ChainId chain() {
    return chain;
  }

  public EvmAddress escrow() {
    return escrow;
  }

  /** What parties sign for this escrow. */
  public DealTypedData typedData() {
    return typedData;
  }

  /** The EIP-712 domain of this escrow. */
  public Eip712Domain domain() {
    return new Eip712Domain("Earnest Deal", "1", chain, escrow);
  }

  /** The allowed tokens, in the order of their addresses. */
  public List<EvmAddress> tokens() {
    return tokens.keySet().stream().sorted(Comparator.comparing(EvmAddress::hex)).toList();
  }

  Refusal tokenNotAllowed(EvmAddress token) {
    return Refusal.terms(
        "token_not_allowed",
        "This service moves no money in the token %s; it does in %s.".formatted(token, tokens()));
  }

  /** The EIP-712 domain of an allowed token; empty for any other. */
  public Optional<Eip712Domain> tokenDomain(EvmAddress token) {
    return Optional.ofNullable(tokens.get(token))
        .map(allowed -> new Eip712Domain(allowed.name(), allowed.version(), chain, token));
  }
}
