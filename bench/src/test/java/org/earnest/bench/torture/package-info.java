/** Tests. */
@NullMarked
package org.earnest.bench.torture;

import org.jspecify.annotations.NullMarked;
