package org.earnest.bench.engine;

import java.time.Duration;

/**
 * How the engine is driven.
 *
 * @param threads that ask, in each process
 * @param lostPercent of the node's answers
 * @param leaseTerm how long a process that died keeps the others waiting
 */
public record Pace(int threads, int lostPercent, Duration leaseTerm) {}
