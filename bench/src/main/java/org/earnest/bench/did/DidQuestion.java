package org.earnest.bench.did;

import java.util.List;
import java.util.OptionalDouble;
import org.earnest.core.identity.Did;

/**
 * What resolvers are asked in turn.
 *
 * @param remembered whether answers may be kept; after a warm-up all are
 * @param target microseconds of processor time that one may take
 */
record DidQuestion(String name, List<Did> dids, boolean remembered, OptionalDouble target) {
  DidQuestion {
    dids = List.copyOf(dids);
  }
}
