/** Buys: an HTTP client that pays what its owner's policy allows, and nothing else. */
@NullMarked
package org.earnest.payments.client;

import org.jspecify.annotations.NullMarked;
