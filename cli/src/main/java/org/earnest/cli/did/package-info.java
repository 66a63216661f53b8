/** Making, changing and giving up identities from the command line. */
@NullMarked
package org.earnest.cli.did;

import org.jspecify.annotations.NullMarked;
