package org.earnest.did.webvh;

import org.earnest.core.identity.Did;

/**
 * A verified version.
 *
 * @param witness who must have approved it
 */
record WebvhVersion(
    WebvhEntry entry, Did id, WebvhParameters parameters, WebvhWitnessList witness) {}
