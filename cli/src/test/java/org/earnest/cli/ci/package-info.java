/** Tests. */
@NullMarked
package org.earnest.cli.ci;

import org.jspecify.annotations.NullMarked;
