/** Logs: JSON lines for those who run services, a plain sentence for those who type commands. */
@NullMarked
package org.earnest.kit.log;

import org.jspecify.annotations.NullMarked;
