/** Tests. */
@NullMarked
package org.earnest.payments.client;

import org.jspecify.annotations.NullMarked;
