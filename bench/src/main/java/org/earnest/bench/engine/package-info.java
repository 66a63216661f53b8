/**
 * The submission engine in a process of its own, what it runs against, and the books it is held to.
 */
@NullMarked
package org.earnest.bench.engine;

import org.jspecify.annotations.NullMarked;
