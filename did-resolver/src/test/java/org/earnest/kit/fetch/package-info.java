/** What tests may change about the fetcher. */
@NullMarked
package org.earnest.kit.fetch;

import org.jspecify.annotations.NullMarked;
