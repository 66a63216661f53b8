/** JSON that is signed: its one reading, its canonical form, and what a proof is made over. */
@NullMarked
package org.earnest.bindings.integrity;

import org.jspecify.annotations.NullMarked;
