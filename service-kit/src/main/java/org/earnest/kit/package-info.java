/** What every service stands on. */
@NullMarked
package org.earnest.kit;

import org.jspecify.annotations.NullMarked;
