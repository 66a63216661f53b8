/** What a run did and proved: steps, checks, transactions and balances. */
@NullMarked
package org.earnest.cli.report;

import org.jspecify.annotations.NullMarked;
