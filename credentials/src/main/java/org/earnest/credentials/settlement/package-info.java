/** Credentials about what the escrow settled. */
@NullMarked
package org.earnest.credentials.settlement;

import org.jspecify.annotations.NullMarked;
