/**
 * Reads the files that events point to, again and again where they may change, and keeps what came
 * of it in the schema {@code reputation_file}.
 */
@NullMarked
package org.earnest.reputation.reading;

import org.jspecify.annotations.NullMarked;
