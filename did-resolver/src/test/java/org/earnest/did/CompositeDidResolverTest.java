package org.earnest.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.earnest.testkit.identity.DidResolverContract;
import org.junit.jupiter.api.Test;

class CompositeDidResolverTest extends DidResolverContract {
  @Override
  protected DidResolver resolver() {
    return new CompositeDidResolver(List.of(new KeyDidMethod(), new PkhDidMethod()));
  }

  @Override
  protected Did known() {
    return new Did("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  }

  @Test
  void refusesTwoMethodsOfOneName() {
    assertThatThrownBy(
            () -> new CompositeDidResolver(List.of(new KeyDidMethod(), new KeyDidMethod())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did:key");
  }

  @Test
  void namesTheMethodsThatAreSupported() {
    assertThat(resolver().resolve(new Did("did:web:example.com")).toString())
        .contains("key")
        .contains("pkh");
  }
}
