/** Processes that tests start. */
@NullMarked
package org.earnest.testkit.process;

import org.jspecify.annotations.NullMarked;
