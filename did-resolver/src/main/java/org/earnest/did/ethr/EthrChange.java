package org.earnest.did.ethr;

import org.earnest.bindings.event.DidRegistryEvent;

/** A change of an identity, and the block that holds it. */
record EthrChange(long block, DidRegistryEvent event) {}
