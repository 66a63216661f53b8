/** Tests. */
@NullMarked
package org.earnest.bench.crowd;

import org.jspecify.annotations.NullMarked;
