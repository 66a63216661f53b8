/** Credentials held against the JSON Schemas that they name. */
@NullMarked
package org.earnest.credentials.schema;

import org.jspecify.annotations.NullMarked;
