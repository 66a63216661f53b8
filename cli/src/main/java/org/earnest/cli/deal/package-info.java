/** What a deal's terms come to: every path that they can take, played on a chain of its own. */
@NullMarked
package org.earnest.cli.deal;

import org.jspecify.annotations.NullMarked;
