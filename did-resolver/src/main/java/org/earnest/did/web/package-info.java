/** The method did:web, and where on the web a DID points to. */
@NullMarked
package org.earnest.did.web;

import org.jspecify.annotations.NullMarked;
