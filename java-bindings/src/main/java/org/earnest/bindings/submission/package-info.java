/** The engine that sends transactions so that none is lost and none is sent twice. */
@NullMarked
package org.earnest.bindings.submission;

import org.jspecify.annotations.NullMarked;
