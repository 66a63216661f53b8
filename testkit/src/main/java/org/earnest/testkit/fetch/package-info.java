/** What has led fetchers into networks that they should not see. */
@NullMarked
package org.earnest.testkit.fetch;

import org.jspecify.annotations.NullMarked;
