package org.earnest.did.ethr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.cache.CachingDidResolver;
import org.junit.jupiter.api.Test;

/** did:ethr against the ERC-1056 registry itself. */
class EthrRegistryIT {
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "ab".repeat(20));
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final BigInteger DAY = BigInteger.valueOf(86_400);

  private static DidResolution resolve(EthrDidMethod method, EvmAddress identity) {
    return method.resolve(
        EthrDidMethod.didOf(new Caip10AccountId(DeployedRegistry.CHAIN, identity)));
  }

  private static DidDocument document(EthrDidMethod method, EvmAddress identity) {
    return ((DidResolution.Resolved) resolve(method, identity)).document();
  }

  private static EvmAddress controller(DidDocument document) {
    return ((VerificationMethod.BlockchainAccount) document.verificationMethods().getFirst())
        .account()
        .address();
  }

  private static void assertRefused(DidResolution resolution, ErrorType error) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }

  @Test
  void changesAreSeenInTheNextBlockAndTouchNobodyElse() {
    EthrDidMethod method;
    EvmAddress identity;
    try (DeployedRegistry registry = DeployedRegistry.start()) {
      identity = registry.accounts().getFirst();
      method = new EthrDidMethod(List.of(registry.network()));
      assertThat(controller(document(method, identity))).isEqualTo(identity);

      registry.send(identity, registry.calls().addDelegate(identity, "veriKey", STRANGER, DAY));
      assertThat(document(method, identity).verificationMethods()).hasSize(2);
      registry.send(identity, registry.calls().changeOwner(identity, STRANGER));
      assertThat(controller(document(method, identity)))
          .as(resolve(method, identity).toString())
          .isEqualTo(STRANGER);
      assertThat(controller(document(method, registry.accounts().getLast())))
          .isEqualTo(registry.accounts().getLast());

      EthrDidMethod misconfigured =
          new EthrDidMethod(List.of(EthrNetwork.withRegistry(STRANGER, registry.chain())));
      assertRefused(resolve(misconfigured, identity), ErrorType.INTERNAL_ERROR);
    }
    assertRefused(resolve(method, identity), ErrorType.INTERNAL_ERROR);
  }

  @Test
  void whatAReorganisationTookBackIsForgotten() {
    try (DeployedRegistry registry = DeployedRegistry.start()) {
      EvmAddress identity = registry.accounts().getFirst();
      EthrDidMethod method = new EthrDidMethod(List.of(registry.network()));
      CachingDidResolver remembering =
          new CachingDidResolver(new CompositeDidResolver(List.of(method)));
      Did did = EthrDidMethod.didOf(new Caip10AccountId(DeployedRegistry.CHAIN, identity));
      assertThat(controller(seen(remembering, did))).isEqualTo(identity);
      registry.send(identity, registry.calls().changeOwner(identity, STRANGER));
      await("an owner is seen at the next block, also by those who remember")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(controller(seen(remembering, did))).isEqualTo(STRANGER));
      registry.rpc().require("anvil_reorg", 1, List.of());
      assertThat(controller(document(method, identity))).isEqualTo(identity);
      await("what was taken back is forgotten, also by those who remember")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(controller(seen(remembering, did))).isEqualTo(identity));
    }
  }

  private static DidDocument seen(CachingDidResolver resolver, Did did) {
    return ((DidResolution.Resolved) resolver.resolve(did)).document();
  }
}
