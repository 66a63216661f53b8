/** Tests. */
@NullMarked
package org.earnest.bench.engine;

import org.jspecify.annotations.NullMarked;
