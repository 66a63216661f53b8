package org.earnest.escrow.store;

import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.LogRef;

/** An event and where it is on record. */
public record Recorded<E extends DealEvent>(LogRef log, E event) {}
