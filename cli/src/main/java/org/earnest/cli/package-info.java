/** The {@code earnest} program. */
@NullMarked
package org.earnest.cli;

import org.jspecify.annotations.NullMarked;
