/** Peers that come from npm: exact versions with a lock file, installed once, beside the build. */
@NullMarked
package org.earnest.bench.npm;

import org.jspecify.annotations.NullMarked;
