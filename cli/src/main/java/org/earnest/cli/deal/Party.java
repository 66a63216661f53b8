package org.earnest.cli.deal;

import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;

/**
 * Somebody whom the terms name, in whatever roles.
 *
 * @param name its roles, such as {@code payee}
 * @param address as in the terms
 * @param standIn the test key that acts in its place
 */
record Party(String name, EvmAddress address, LocalSigner standIn) {}
