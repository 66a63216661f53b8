/** HTTP: bytes become domain types, answers become JSON. */
@NullMarked
package org.earnest.reputation.edge;

import org.jspecify.annotations.NullMarked;
