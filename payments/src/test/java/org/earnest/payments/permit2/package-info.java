@NullMarked
package org.earnest.payments.permit2;

import org.jspecify.annotations.NullMarked;
