/** JSON as strangers send it, read strictly. */
@NullMarked
package org.earnest.kit.json;

import org.jspecify.annotations.NullMarked;
