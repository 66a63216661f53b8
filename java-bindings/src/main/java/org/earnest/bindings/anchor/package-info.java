/** What issuers anchor on chain: entries, and the trees that make one root of many. */
@NullMarked
package org.earnest.bindings.anchor;

import org.jspecify.annotations.NullMarked;
