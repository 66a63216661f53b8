/** Tests. */
@NullMarked
package org.earnest.payments.edge;

import org.jspecify.annotations.NullMarked;
