/** DID Resolution's HTTP binding. */
@NullMarked
package org.earnest.did.edge;

import org.jspecify.annotations.NullMarked;
