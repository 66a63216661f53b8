/** Kills the engine's process again and again, and looks whether anything was lost or doubled. */
@NullMarked
package org.earnest.bench.torture;

import org.jspecify.annotations.NullMarked;
