/** The examples of RFC 9901, with what a verifier must make of them. */
@NullMarked
package org.earnest.testkit.sdjwt;

import org.jspecify.annotations.NullMarked;
