/** The suite of every DID resolver, and one in memory. */
@NullMarked
package org.earnest.testkit.identity;

import org.jspecify.annotations.NullMarked;
