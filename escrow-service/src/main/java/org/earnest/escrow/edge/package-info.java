/** HTTP: bytes become domain types, answers become JSON. */
@NullMarked
package org.earnest.escrow.edge;

import org.jspecify.annotations.NullMarked;
