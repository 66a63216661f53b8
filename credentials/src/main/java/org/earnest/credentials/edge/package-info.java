/** The VC API. */
@NullMarked
package org.earnest.credentials.edge;

import org.jspecify.annotations.NullMarked;
