package org.earnest.escrow.store;

import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.LogRef;

/** A delivery and where it is on record. */
public record Delivery(LogRef log, DealEvent.Delivered event) {}
