/** Keys that make signatures and keys that judge them, each in its one spelling. */
@NullMarked
package org.earnest.credentials.key;

import org.jspecify.annotations.NullMarked;
