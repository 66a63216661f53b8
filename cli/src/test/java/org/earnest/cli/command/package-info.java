/** Tests. */
@NullMarked
package org.earnest.cli.command;

import org.jspecify.annotations.NullMarked;
