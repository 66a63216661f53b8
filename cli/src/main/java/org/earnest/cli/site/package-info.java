/** What the demo's agents serve: their registration files and a quote that costs money. */
@NullMarked
package org.earnest.cli.site;

import org.jspecify.annotations.NullMarked;
