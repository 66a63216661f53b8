/** Sells answers: each payment is claimed, served and settled once, whatever happens between. */
@NullMarked
package org.earnest.payments.server;

import org.jspecify.annotations.NullMarked;
