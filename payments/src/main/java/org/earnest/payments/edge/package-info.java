/** The HTTP faces: the facilitator's service, and the paywall before a route. */
@NullMarked
package org.earnest.payments.edge;

import org.jspecify.annotations.NullMarked;
