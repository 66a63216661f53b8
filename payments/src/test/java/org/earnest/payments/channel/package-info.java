/** Tests. */
@NullMarked
package org.earnest.payments.channel;

import org.jspecify.annotations.NullMarked;
