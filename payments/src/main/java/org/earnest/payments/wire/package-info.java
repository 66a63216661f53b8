/**
 * x402 as it travels: JSON objects, HTTP headers, and what MCP and A2A carry; read strictly,
 * written as shipped. Version 2, and version 1 ({@code ...V1}) with its mapping to version 2.
 */
@NullMarked
package org.earnest.payments.wire;

import org.jspecify.annotations.NullMarked;
