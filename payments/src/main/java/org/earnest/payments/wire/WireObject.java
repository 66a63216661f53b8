package org.earnest.payments.wire;

import tools.jackson.databind.node.ObjectNode;

/** An object of the protocol that can be written. */
public sealed interface WireObject
    permits A2aPayment,
        FacilitatorRequest,
        PaymentPayload,
        PaymentPayloadV1,
        PaymentRequired,
        PaymentRequiredV1,
        PaymentRequirements,
        PaymentRequirementsV1,
        ResourceInfo,
        SettleResponse,
        SupportedResponse,
        VerifyResponse {
  /** A fresh tree with the members that are known and those that were kept. */
  ObjectNode toJson();
}
