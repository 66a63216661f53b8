/** Tests. */
@NullMarked
package org.earnest.cli.house;

import org.jspecify.annotations.NullMarked;
