/** Abstract suites for the ports, and fakes that pass them. */
@NullMarked
package org.earnest.testkit;

import org.jspecify.annotations.NullMarked;
