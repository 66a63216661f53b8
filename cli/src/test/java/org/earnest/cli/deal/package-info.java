/** Tests. */
@NullMarked
package org.earnest.cli.deal;

import org.jspecify.annotations.NullMarked;
