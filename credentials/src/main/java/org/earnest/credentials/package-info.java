/** Issues and verifies credentials of the VC Data Model 2.0. */
@NullMarked
package org.earnest.credentials;

import org.jspecify.annotations.NullMarked;
