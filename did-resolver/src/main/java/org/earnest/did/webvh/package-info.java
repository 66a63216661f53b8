/** The method did:webvh 1.0: a log of versions that proves itself. */
@NullMarked
package org.earnest.did.webvh;

import org.jspecify.annotations.NullMarked;
