/** What holds of everything that reads reputation. */
@NullMarked
package org.earnest.testkit.reputation;

import org.jspecify.annotations.NullMarked;
