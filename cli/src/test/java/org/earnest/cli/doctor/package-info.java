/** Tests. */
@NullMarked
package org.earnest.cli.doctor;

import org.jspecify.annotations.NullMarked;
