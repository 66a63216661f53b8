/** Certificates for one run. */
@NullMarked
package org.earnest.testkit.tls;

import org.jspecify.annotations.NullMarked;
