/** Verifiable credentials. */
@NullMarked
package org.earnest.credentials;

import org.jspecify.annotations.NullMarked;
