/** How fast DIDs are resolved, beside npm's resolvers. */
@NullMarked
package org.earnest.bench.did;

import org.jspecify.annotations.NullMarked;
