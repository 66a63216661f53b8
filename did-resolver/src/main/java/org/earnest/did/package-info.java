/** DID methods and resolution. */
@NullMarked
package org.earnest.did;

import org.jspecify.annotations.NullMarked;
