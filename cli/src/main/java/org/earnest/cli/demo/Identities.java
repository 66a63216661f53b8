package org.earnest.cli.demo;

import org.earnest.core.identity.Did;

/** Who takes part. */
record Identities(Did issuer, Party buyer, Party seller) {}
