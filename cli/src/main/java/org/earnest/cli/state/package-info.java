/** Folders that a run owns for its own duration. */
@NullMarked
package org.earnest.cli.state;

import org.jspecify.annotations.NullMarked;
