/** Tests. */
@NullMarked
package org.earnest.bench.credentials;

import org.jspecify.annotations.NullMarked;
