/** Where a run keeps what it must find again. */
@NullMarked
package org.earnest.kit.state;

import org.jspecify.annotations.NullMarked;
