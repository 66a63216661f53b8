package org.earnest.did.ethr;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.DidMethod;
import org.earnest.did.Lifetime;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.StrictJsonDocument;

/**
 * did:ethr: an account is a DID without a transaction, and its changes are events of the ERC-1056
 * registry. An answer is what one block of one fork says: when a reorganisation passes while it is
 * read, it is read again.
 */
public final class EthrDidMethod implements DidMethod {
  public static final String NAME = "ethr";

  /** How often a reading may be overtaken by reorganisations. */
  static final int MAX_READINGS = 3;

  /** Entries run out as time passes, also on a chain without a new block. */
  static final Duration MAX_AGE = Duration.ofSeconds(10);

  private final Map<Caip2ChainId, EthrNetwork> networks = new HashMap<>();
  private final Map<Caip2ChainId, EthrHead> heads = new HashMap<>();

  /** The method over these networks; identities of other chains are refused. */
  public EthrDidMethod(Collection<EthrNetwork> networks) {
    for (EthrNetwork network : networks) {
      this.networks.put(network.chain(), network);
      network
          .registry()
          .ifPresent(
              registry ->
                  heads.put(network.chain(), new EthrHead(new EthrRegistryReader(registry))));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean hasVersions() {
    return true;
  }

  /** The DID of an account, with its chain written out. */
  public static Did didOf(Caip10AccountId account) {
    return new Did(
        "did:ethr:0x"
            + Long.toHexString(account.chain().eip155Reference())
            + ":"
            + account.address());
  }

  /** The account that an identity of this method began as; empty for what names none. */
  public static Optional<Caip10AccountId> accountOf(Did did) {
    try {
      return did.method().equals(NAME)
          ? EthrIdentity.parse(did)
              .map(identity -> new Caip10AccountId(identity.chain(), identity.address()))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public Lifetime lifetime(Did did) {
    try {
      Optional<EthrHead> head =
          EthrIdentity.parse(did).map(identity -> heads.get(identity.chain()));
      return head.isEmpty()
          ? Lifetime.ENDLESS
          : head.flatMap(EthrHead::block)
              .<Lifetime>map(block -> new Lifetime.While(block, MAX_AGE))
              .orElseGet(Lifetime.Never::new);
    } catch (IllegalArgumentException malformed) {
      return Lifetime.ENDLESS;
    }
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    try {
      return EthrIdentity.parse(did)
          .flatMap(
              identity ->
                  Optional.ofNullable(networks.get(identity.chain()))
                      .map(network -> resolve(did, identity, network, options)))
          .orElseGet(
              () -> refuse(ErrorType.FEATURE_NOT_SUPPORTED, "this network is not configured"));
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_DID, String.valueOf(malformed.getMessage()));
    }
  }

  private static DidResolution resolve(
      Did did, EthrIdentity identity, EthrNetwork network, ResolutionOptions options) {
    if (network.registry().isEmpty()) {
      return options.version().isEmpty()
          ? resolved(did, EthrDocument.unchanged(did, identity), DidDocumentMetadata.NONE)
          : refuse(ErrorType.NOT_FOUND, "without a registry there are no versions");
    }
    EthrRegistryReader registry = new EthrRegistryReader(network.registry().get());
    try {
      for (int reading = 0; reading < MAX_READINGS; reading++) {
        BlockHeader head = registry.head();
        Optional<DidResolution> resolution = undisturbed(did, identity, registry, head, options);
        if (resolution.isPresent()) {
          return resolution.get();
        }
      }
    } catch (ChainUnavailableException unavailable) {
      return refuse(
          ErrorType.INTERNAL_ERROR, network.chain() + " could not be read; try again later");
    }
    return refuse(ErrorType.INTERNAL_ERROR, network.chain() + " is being reorganised; try again");
  }

  /** Empty when a reorganisation passed: what was read, or was not found, may be of two forks. */
  private static Optional<DidResolution> undisturbed(
      Did did,
      EthrIdentity identity,
      EthrRegistryReader registry,
      BlockHeader head,
      ResolutionOptions options) {
    try {
      DidResolution resolution = read(did, identity, registry, head, options);
      return registry.has(head) ? Optional.of(resolution) : Optional.empty();
    } catch (ChainUnavailableException unavailable) {
      if (registry.has(head)) {
        throw unavailable;
      }
      return Optional.empty();
    }
  }

  private static DidResolution read(
      Did did,
      EthrIdentity identity,
      EthrRegistryReader registry,
      BlockHeader head,
      ResolutionOptions options) {
    Optional<List<EthrChange>> history = EthrHistory.read(registry, identity.address(), head);
    if (history.isEmpty()) {
      return refuse(
          ErrorType.FEATURE_NOT_SUPPORTED,
          "the identity has changed too often: at most %d blocks and %d changes are read"
              .formatted(EthrHistory.MAX_BLOCKS, EthrHistory.MAX_CHANGES));
    }
    Optional<EthrVersion> version;
    try {
      version = EthrVersion.of(registry, head, history.get(), options.version());
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_OPTIONS, String.valueOf(malformed.getMessage()));
    }
    return version
        .map(
            found -> {
              EthrDocument.Written written =
                  EthrDocument.of(did, identity, found.applied(), found.now());
              return resolved(did, written, found.metadata(registry, written.deactivated()));
            })
        .orElseGet(() -> refuse(ErrorType.NOT_FOUND, "the chain has not come to that version yet"));
  }

  private static DidResolution resolved(
      Did did, EthrDocument.Written written, DidDocumentMetadata metadata) {
    return new DidResolution.Resolved(
        DidDocumentReader.read(written.json(), did),
        metadata,
        Optional.of(StrictJsonDocument.write(written.json())));
  }

  private static DidResolution refuse(ErrorType error, String detail) {
    return new DidResolution.Refused(error, detail);
  }
}
