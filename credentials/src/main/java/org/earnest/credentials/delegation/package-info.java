/** Who may act for whom, and how far. */
@NullMarked
package org.earnest.credentials.delegation;

import org.jspecify.annotations.NullMarked;
