package org.earnest.cli.indexer;

import java.time.InstantSource;
import java.util.List;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.cache.CachingDidResolver;
import org.earnest.did.edge.GuardedDocumentFetcher;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.did.fetch.DocumentFetcher;
import org.earnest.did.jwk.JwkDidMethod;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.earnest.did.web.WebDidMethod;
import org.earnest.did.webvh.WebvhDidMethod;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.process.Lifecycle;

/** Wires every DID method that there is. */
public record DidMethods(Lifecycle lifecycle) {
  /** A resolver that remembers; its fetcher ends with the lifecycle. */
  public DidResolver resolver(List<EthrNetwork> networks) {
    DocumentFetcher web =
        new GuardedDocumentFetcher(lifecycle.start(() -> new GuardedFetcher(FetchPolicy.STRICT)));
    return new CachingDidResolver(
        new CompositeDidResolver(
            List.of(
                new KeyDidMethod(),
                new JwkDidMethod(),
                new PkhDidMethod(),
                new WebDidMethod(web),
                new WebvhDidMethod(web, InstantSource.system()),
                new EthrDidMethod(networks))));
  }
}
