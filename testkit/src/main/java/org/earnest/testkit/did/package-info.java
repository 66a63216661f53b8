/** Identifiers and logs with what must come of them. */
@NullMarked
package org.earnest.testkit.did;

import org.jspecify.annotations.NullMarked;
