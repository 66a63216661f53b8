package org.earnest.cli.demo;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;

/**
 * Work for which there is no quote, by somebody who is not rated.
 *
 * @param price atomic units
 */
record Job(EvmAddress payee, String what, BigInteger price) {}
