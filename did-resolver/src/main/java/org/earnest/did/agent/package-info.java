/** Whether an ERC-8004 agent, its file, its DID and its accounts belong together. */
@NullMarked
package org.earnest.did.agent;

import org.jspecify.annotations.NullMarked;
