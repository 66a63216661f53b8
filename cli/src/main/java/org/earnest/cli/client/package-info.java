/** A plain HTTP client of the house, as a stranger would write it. */
@NullMarked
package org.earnest.cli.client;

import org.jspecify.annotations.NullMarked;
