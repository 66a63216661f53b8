/** Buying by the call, from the command line. */
@NullMarked
package org.earnest.cli.x402;

import org.jspecify.annotations.NullMarked;
