/** The submission journal's suite, and a journal in memory that passes it. */
@NullMarked
package org.earnest.testkit.submission;

import org.jspecify.annotations.NullMarked;
