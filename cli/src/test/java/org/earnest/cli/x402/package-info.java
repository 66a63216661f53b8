/** Selling by the call, on a whole house. */
@NullMarked
package org.earnest.cli.x402;

import org.jspecify.annotations.NullMarked;
