package org.earnest.bindings.event;

/** Something that happened in one of the house's contracts. */
public sealed interface ContractEvent
    permits DealEvent,
        IdentityEvent,
        FeedbackEvent,
        ValidationEvent,
        AnchorEvent,
        TokenEvent,
        PanelEvent,
        BatchEvent {}
