/** Tests. */
@NullMarked
package org.earnest.cli.report;

import org.jspecify.annotations.NullMarked;
