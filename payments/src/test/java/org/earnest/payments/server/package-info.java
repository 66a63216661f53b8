/** Tests. */
@NullMarked
package org.earnest.payments.server;

import org.jspecify.annotations.NullMarked;
