/** Why a contract refused, by the error's name and arguments. */
@NullMarked
package org.earnest.bindings.revert;

import org.jspecify.annotations.NullMarked;
