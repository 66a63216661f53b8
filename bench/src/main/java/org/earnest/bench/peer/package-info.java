/**
 * Peers that come from npm and Maven: exact versions, installed once, beside the build and at run
 * time.
 */
@NullMarked
package org.earnest.bench.peer;

import org.jspecify.annotations.NullMarked;
