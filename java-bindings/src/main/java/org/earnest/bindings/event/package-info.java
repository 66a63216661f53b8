/** Logs as typed events. */
@NullMarked
package org.earnest.bindings.event;

import org.jspecify.annotations.NullMarked;
