@NullMarked
package org.earnest.bench.logs;

import org.jspecify.annotations.NullMarked;
