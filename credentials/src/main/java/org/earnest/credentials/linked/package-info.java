/** What a document says as linked data: its terms expanded, its statements in canonical order. */
@NullMarked
package org.earnest.credentials.linked;

import org.jspecify.annotations.NullMarked;
