/** A credential's JSON, its shape, and why one is refused. */
@NullMarked
package org.earnest.credentials.model;

import org.jspecify.annotations.NullMarked;
