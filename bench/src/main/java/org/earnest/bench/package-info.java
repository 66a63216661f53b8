/** Shows under load, faults and kills what the house is worth, and measures it beside its peers. */
@NullMarked
package org.earnest.bench;

import org.jspecify.annotations.NullMarked;
