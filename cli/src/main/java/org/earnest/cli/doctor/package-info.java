/** What this machine must have, checked one by one, each with what to do about it. */
@NullMarked
package org.earnest.cli.doctor;

import org.jspecify.annotations.NullMarked;
