/** Transactions to be sent once, and the port that sends them. */
@NullMarked
package org.earnest.core.submission;

import org.jspecify.annotations.NullMarked;
