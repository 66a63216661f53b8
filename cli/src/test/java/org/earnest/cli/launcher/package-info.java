/** Tests. */
@NullMarked
package org.earnest.cli.launcher;

import org.jspecify.annotations.NullMarked;
