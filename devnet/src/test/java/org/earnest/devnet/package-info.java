/** Every provider of a chain, held to one suite. */
@NullMarked
package org.earnest.devnet;

import org.jspecify.annotations.NullMarked;
