/** The submission journal in PostgreSQL, and the service that tells what became of a submission. */
@NullMarked
package org.earnest.kit.submission;

import org.jspecify.annotations.NullMarked;
