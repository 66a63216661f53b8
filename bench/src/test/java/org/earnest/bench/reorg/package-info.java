@NullMarked
package org.earnest.bench.reorg;

import org.jspecify.annotations.NullMarked;
