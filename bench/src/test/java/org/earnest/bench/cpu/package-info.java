/** Tests. */
@NullMarked
package org.earnest.bench.cpu;

import org.jspecify.annotations.NullMarked;
