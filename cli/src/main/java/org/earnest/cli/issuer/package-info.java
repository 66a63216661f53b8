/** Folders of issuer keys as the command line and the host open them. */
@NullMarked
package org.earnest.cli.issuer;

import org.jspecify.annotations.NullMarked;
