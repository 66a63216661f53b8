/** Suites for the chain's ports, a real node for tests, and a node that misbehaves. */
@NullMarked
package org.earnest.testkit.chain;

import org.jspecify.annotations.NullMarked;
