/** The demo: one class per step, each with what it was given and what it leaves to the next. */
@NullMarked
package org.earnest.cli.demo;

import org.jspecify.annotations.NullMarked;
