/** Tests. */
@NullMarked
package org.earnest.cli.state;

import org.jspecify.annotations.NullMarked;
