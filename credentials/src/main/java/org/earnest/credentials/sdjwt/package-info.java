/** Credentials of which the holder shows what is asked for (SD-JWT, RFC 9901; SD-JWT VC). */
@NullMarked
package org.earnest.credentials.sdjwt;

import org.jspecify.annotations.NullMarked;
