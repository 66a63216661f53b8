/** What a run owns: resources closed in order however the process ends, and child processes. */
@NullMarked
package org.earnest.kit.process;

import org.jspecify.annotations.NullMarked;
