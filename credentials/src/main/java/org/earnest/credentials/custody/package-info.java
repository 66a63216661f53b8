/** Where an issuer's private keys live, which of them signs now, and what became of the others. */
@NullMarked
package org.earnest.credentials.custody;

import org.jspecify.annotations.NullMarked;
