/** The command line: one class per verb, and what all of them answer with. */
@NullMarked
package org.earnest.cli.command;

import org.jspecify.annotations.NullMarked;
