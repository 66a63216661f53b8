@NullMarked
package org.earnest.bench.reads;

import org.jspecify.annotations.NullMarked;
