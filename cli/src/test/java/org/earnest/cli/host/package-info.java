/** The host as its first visitor finds it. */
@NullMarked
package org.earnest.cli.host;

import org.jspecify.annotations.NullMarked;
