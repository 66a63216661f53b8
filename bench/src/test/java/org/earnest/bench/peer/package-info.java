/** Tests. */
@NullMarked
package org.earnest.bench.peer;

import org.jspecify.annotations.NullMarked;
