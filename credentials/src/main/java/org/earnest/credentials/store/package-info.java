/** What an issuer must remember: who has which place in which status list, and what it says. */
@NullMarked
package org.earnest.credentials.store;

import org.jspecify.annotations.NullMarked;
