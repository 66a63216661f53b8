@NullMarked
package org.earnest.kit.logcache;

import org.jspecify.annotations.NullMarked;
