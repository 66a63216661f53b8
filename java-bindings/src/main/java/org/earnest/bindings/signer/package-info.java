/** Where keys are kept: encrypted files and remote signers; and what a key may sign. */
@NullMarked
package org.earnest.bindings.signer;

import org.jspecify.annotations.NullMarked;
