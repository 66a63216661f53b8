/** Many threads of several processes ask one account for the same work at once. */
@NullMarked
package org.earnest.bench.crowd;

import org.jspecify.annotations.NullMarked;
