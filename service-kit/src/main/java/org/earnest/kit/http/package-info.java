/** The host: one HTTP server that services mount themselves on, and what they share there. */
@NullMarked
package org.earnest.kit.http;

import org.jspecify.annotations.NullMarked;
