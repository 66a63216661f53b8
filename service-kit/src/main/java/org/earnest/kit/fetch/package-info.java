/** Fetching what a stranger's URL points to, without being turned against our own network. */
@NullMarked
package org.earnest.kit.fetch;

import org.jspecify.annotations.NullMarked;
