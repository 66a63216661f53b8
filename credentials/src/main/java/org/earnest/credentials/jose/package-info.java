/** JSON Web Signatures: read strictly, judged by keys that were found without them. */
@NullMarked
package org.earnest.credentials.jose;

import org.jspecify.annotations.NullMarked;
