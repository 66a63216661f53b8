@NullMarked
package org.earnest.payments.capture;

import org.jspecify.annotations.NullMarked;
