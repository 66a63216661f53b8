/** PostgreSQL: the embedded one that a run owns, or any by URL. */
@NullMarked
package org.earnest.kit.postgres;

import org.jspecify.annotations.NullMarked;
