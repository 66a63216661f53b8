/** How fast credentials are issued and verified, beside npm's libraries. */
@NullMarked
package org.earnest.bench.credentials;

import org.jspecify.annotations.NullMarked;
