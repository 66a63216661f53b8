/** Tests. */
@NullMarked
package org.earnest.bench.gas;

import org.jspecify.annotations.NullMarked;
