/** Pure: what events add up to. */
@NullMarked
package org.earnest.reputation.fold;

import org.jspecify.annotations.NullMarked;
