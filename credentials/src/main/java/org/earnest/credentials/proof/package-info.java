/** Data Integrity proofs and the keys that make and judge them. */
@NullMarked
package org.earnest.credentials.proof;

import org.jspecify.annotations.NullMarked;
