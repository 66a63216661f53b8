package org.earnest.cli.x402;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.JwsVerifier;
import org.earnest.credentials.DidJwsVerifier;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.client.OfferSigners;
import org.earnest.payments.client.SpendingPolicy;

/**
 * What a command may spend, as it was written.
 *
 * @param maxPrice most per call, in whole tokens
 * @param perDay most within 24 h, in whole tokens
 * @param price what it was advertised for, in whole tokens
 * @param assets CAIP-19; {@link #USDC} where empty
 * @param decimals of each of them
 * @param payees the only ones that may be paid; all where empty
 * @param channels whether it may be paid out of channels
 * @param operators under whose contracts it may pay into escrow
 * @param seller the DID that has to sign the offers, or {@link #ORIGIN}
 * @param journal where is remembered what was paid
 */
public record Wallet(
    String maxPrice,
    Optional<String> perDay,
    Optional<String> price,
    List<String> assets,
    int decimals,
    List<String> payees,
    boolean channels,
    List<EvmAddress> operators,
    Optional<String> seller,
    Path journal) {
  /** Stands for whoever has the address that is asked. */
  static final String ORIGIN = "origin";

  /** Circle's USD Coin, with six decimals, on Base and on its test network. */
  public static final List<String> USDC =
      List.of(
          "eip155:8453/erc20:0x833589fcd6edb6e08f4c7c32d4f71b54bda02913",
          "eip155:84532/erc20:0x036cbd53842c5426634e7929541ec2318f3dcf7e");

  /** Pays at this address, and nowhere else. */
  SpendingPolicy policy(URI address) {
    List<Caip19AssetId> tokens = tokens();
    SpendingPolicy policy =
        SpendingPolicy.upTo(amounts("--max-price", maxPrice, tokens)).at(address);
    if (perDay.isPresent()) {
      policy = policy.perDay(amounts("--per-day", perDay.get(), tokens));
    }
    if (price.isPresent()) {
      if (tokens.size() > 1) {
        throw new StartupException(
            "asset_needed", "--price needs one token", "Name it with --asset");
      }
      policy =
          policy.advertised(
              address, Money.parse("--price", price.get(), tokens.getFirst(), decimals));
    }
    for (String payee : payees) {
      policy = policy.to(payee(payee));
    }
    for (EvmAddress operator : operators) {
      policy = policy.intoEscrowOf(operator);
    }
    return channels ? policy.throughChannels() : policy;
  }

  /** Who has to sign the offers; empty where nobody has to. */
  Optional<OfferSigners> signers(Supplier<DidResolver> resolver) {
    return seller.map(
        text -> {
          Optional<Did> named = text.equals(ORIGIN) ? Optional.empty() : Optional.of(did(text));
          DidResolver keys = resolver.get();
          JwsVerifier signatures = new DidJwsVerifier(keys);
          return named
              .map(did -> OfferSigners.of(did, signatures, keys))
              .orElseGet(() -> OfferSigners.ofOrigin(signatures, keys));
        });
  }

  private static Did did(String text) {
    try {
      return new Did(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "did_invalid",
          "--signed-by is no DID",
          "Write it as did:web:seller.example, or origin for the address itself");
    }
  }

  private TokenAmount[] amounts(String option, String text, List<Caip19AssetId> tokens) {
    return tokens.stream()
        .map(token -> Money.parse(option, text, token, decimals))
        .toArray(TokenAmount[]::new);
  }

  private List<Caip19AssetId> tokens() {
    try {
      return (assets.isEmpty() ? USDC : assets).stream().map(Caip19AssetId::parse).toList();
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "asset_invalid",
          "--asset is no token",
          "Write it as eip155:84532/erc20:0x...; ./earnest x402 check URL prints what is asked"
              + " for");
    }
  }

  private static EvmAddress payee(String text) {
    try {
      return new EvmAddress(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "payee_invalid", "--to is no account", "Write it as 0x and 40 digits");
    }
  }
}
