/** What one operation takes of the processor, ours and peers' in turns. */
@NullMarked
package org.earnest.bench.cpu;

import org.jspecify.annotations.NullMarked;
