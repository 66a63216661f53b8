/** A seller's channels: its books of them, what it sells out of them, and how it gets its money. */
@NullMarked
package org.earnest.payments.till;

import org.jspecify.annotations.NullMarked;
