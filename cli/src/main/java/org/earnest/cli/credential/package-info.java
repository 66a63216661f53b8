/** What an issuer, a holder and a relying party do with credentials in files. */
@NullMarked
package org.earnest.cli.credential;

import org.jspecify.annotations.NullMarked;
