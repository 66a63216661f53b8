/** Credentials about agents. */
@NullMarked
package org.earnest.credentials.agent;

import org.jspecify.annotations.NullMarked;
