/** DIDs, their documents, agents, and the port that resolves. */
@NullMarked
package org.earnest.core.identity;

import org.jspecify.annotations.NullMarked;
