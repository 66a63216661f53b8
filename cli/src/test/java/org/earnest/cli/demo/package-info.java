/** The whole deal, from the first handshake to the reputation, on each kind of chain. */
@NullMarked
package org.earnest.cli.demo;

import org.jspecify.annotations.NullMarked;
