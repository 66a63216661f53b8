/** How a verifier gets what a credential points to. */
@NullMarked
package org.earnest.credentials.fetch;

import org.jspecify.annotations.NullMarked;
