package org.earnest.did;

import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.testkit.identity.DidResolverContract;
import org.earnest.testkit.identity.InMemoryDidResolver;

/** The fake keeps the promises of the real resolver. */
class InMemoryDidResolverTest extends DidResolverContract {
  @Override
  protected DidResolver resolver() {
    DidResolver real = new CompositeDidResolver(List.of(new KeyDidMethod()));
    return new InMemoryDidResolver()
        .with(((DidResolution.Resolved) real.resolve(known())).document());
  }

  @Override
  protected Did known() {
    return new Did("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  }
}
