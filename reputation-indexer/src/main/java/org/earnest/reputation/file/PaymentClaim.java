package org.earnest.reputation.file;

import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;

/** A payment that a feedback file says there was ({@code proofOfPayment} of ERC-8004). */
public record PaymentClaim(Caip2ChainId chain, Hash32 transaction, EvmAddress from, EvmAddress to) {
  private static final int MAX_CHARS = 200;

  /** Empty where a member is missing or makes no sense. */
  static Optional<PaymentClaim> parse(JsonNode claim) {
    return chain(claim)
        .flatMap(
            chain ->
                Members.text(claim, "txHash", MAX_CHARS)
                    .flatMap(Parsed::hash)
                    .flatMap(
                        transaction ->
                            account(claim, "fromAddress")
                                .flatMap(
                                    from ->
                                        account(claim, "toAddress")
                                            .map(
                                                to ->
                                                    new PaymentClaim(
                                                        chain, transaction, from, to)))));
  }

  private static Optional<Caip2ChainId> chain(JsonNode claim) {
    return Members.digits(claim, "chainId")
        .or(() -> Members.text(claim, "chainId", MAX_CHARS))
        .flatMap(Parsed::chain);
  }

  private static Optional<EvmAddress> account(JsonNode claim, String member) {
    return Members.text(claim, member, MAX_CHARS).flatMap(Parsed::address);
  }
}
