/** A chain to work on. */
@NullMarked
package org.earnest.devnet;

import org.jspecify.annotations.NullMarked;
