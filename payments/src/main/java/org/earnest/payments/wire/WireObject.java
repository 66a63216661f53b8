package org.earnest.payments.wire;

import tools.jackson.databind.node.ObjectNode;

/** An object of the protocol that can be written. */
public sealed interface WireObject
    permits FacilitatorRequest,
        PaymentPayload,
        PaymentRequired,
        PaymentRequirements,
        ResourceInfo,
        SettleResponse,
        SupportedResponse,
        VerifyResponse {
  /** A fresh tree with the members that are known and those that were kept. */
  ObjectNode toJson();
}
