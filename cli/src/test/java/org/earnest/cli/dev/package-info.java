/** Tests. */
@NullMarked
package org.earnest.cli.dev;

import org.jspecify.annotations.NullMarked;
