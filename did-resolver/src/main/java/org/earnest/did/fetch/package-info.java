/** The port through which methods get what strangers publish. */
@NullMarked
package org.earnest.did.fetch;

import org.jspecify.annotations.NullMarked;
