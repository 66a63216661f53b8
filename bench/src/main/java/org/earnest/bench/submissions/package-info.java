/** How many transactions per second the submission engine sends, and at what cost. */
@NullMarked
package org.earnest.bench.submissions;

import org.jspecify.annotations.NullMarked;
