/** What was issued under which idempotency key. */
@NullMarked
package org.earnest.credentials.store;

import org.jspecify.annotations.NullMarked;
