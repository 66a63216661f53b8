package org.earnest.payments.client;

import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.SettleResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a feedback file says of a payment ({@code proofOfPayment} of ERC-8004). The chain proves it,
 * not whoever writes it.
 *
 * @param from who paid
 * @param to who was paid
 * @param chainId the reference of the chain, decimal
 * @param transaction in which the money moved
 */
public record ProofOfPayment(String from, String to, String chainId, String transaction) {
  private static final String EVM = "eip155";

  /** Of a purchase; empty where the seller does not say enough, or it was not on an EVM chain. */
  public static Optional<ProofOfPayment> of(Exchange.Paid<?> paid) {
    PaymentRequirements terms = paid.payment().payload().accepted();
    SettleResponse settlement = paid.settlement();
    if (settlement.payer().isEmpty() || settlement.transaction().isEmpty()) {
      return Optional.empty();
    }
    Caip2ChainId chain = Caip2ChainId.parse(terms.network());
    return chain.namespace().equals(EVM)
        ? Optional.of(
            new ProofOfPayment(
                settlement.payer().get(),
                terms.payTo(),
                chain.reference(),
                settlement.transaction()))
        : Optional.empty();
  }

  /** The member's value. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("fromAddress", from)
        .put("toAddress", to)
        .put("chainId", chainId)
        .put("txHash", transaction);
  }
}
