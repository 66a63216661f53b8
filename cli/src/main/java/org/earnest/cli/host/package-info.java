/** The composition root: every part of the house is made, wired and owned here. */
@NullMarked
package org.earnest.cli.host;

import org.jspecify.annotations.NullMarked;
