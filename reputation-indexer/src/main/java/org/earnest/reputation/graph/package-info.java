/** GraphQL in the shapes of the agent0 subgraph: schema, bounds, filters and reads. */
@NullMarked
package org.earnest.reputation.graph;

import org.jspecify.annotations.NullMarked;
