/** Credentials as those know them who have facts to state and no key. */
@NullMarked
package org.earnest.core.credential;

import org.jspecify.annotations.NullMarked;
