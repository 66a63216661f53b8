/** Where commands speak, and how they refuse. */
@NullMarked
package org.earnest.cli.console;

import org.jspecify.annotations.NullMarked;
