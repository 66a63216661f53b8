/**
 * Files that strangers point to from the registries: where they are, what may be fetched of them,
 * and what they say. Nothing in them is believed that can be checked.
 */
@NullMarked
package org.earnest.reputation.file;

import org.jspecify.annotations.NullMarked;
