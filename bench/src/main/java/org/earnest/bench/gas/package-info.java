/** What each verb of the contracts takes in gas, beside its target and what peers take. */
@NullMarked
package org.earnest.bench.gas;

import org.jspecify.annotations.NullMarked;
