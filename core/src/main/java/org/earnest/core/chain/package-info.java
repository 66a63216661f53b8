/** What a chain is made of, and the port to read one. */
@NullMarked
package org.earnest.core.chain;

import org.jspecify.annotations.NullMarked;
