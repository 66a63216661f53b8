package org.earnest.did.ethr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;

/**
 * did:ethr: an account is a DID without a transaction (ERC-1056). The default document is answered
 * for an identity that the registry has never seen change; for a changed one the answer is {@code
 * FEATURE_NOT_SUPPORTED}, because a document without its changes would be a wrong one.
 */
public final class EthrDidMethod implements DidMethod {
  public static final String NAME = "ethr";
  private final Map<Caip2ChainId, EthrNetwork> networks = new HashMap<>();

  /** The method over these networks; identities of other chains are refused. */
  public EthrDidMethod(Collection<EthrNetwork> networks) {
    networks.forEach(network -> this.networks.put(network.chain(), network));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The DID of an account, with its chain written out. */
  public static Did didOf(Caip10AccountId account) {
    return new Did(
        "did:ethr:0x"
            + Long.toHexString(account.chain().eip155Reference())
            + ":"
            + account.address());
  }

  @Override
  public DidResolution resolve(Did did) {
    try {
      return EthrIdentity.parse(did)
          .flatMap(
              identity ->
                  Optional.ofNullable(networks.get(identity.chain()))
                      .map(network -> resolve(did, identity, network)))
          .orElseGet(
              () -> refuse(ErrorType.FEATURE_NOT_SUPPORTED, "this network is not configured"));
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_DID, String.valueOf(malformed.getMessage()));
    }
  }

  private static DidResolution resolve(Did did, EthrIdentity identity, EthrNetwork network) {
    BigInteger changed;
    try {
      changed =
          network
              .registry()
              .map(registry -> EthrRegistryReader.changed(registry, identity.address()))
              .orElse(BigInteger.ZERO);
    } catch (ChainUnavailableException unavailable) {
      return refuse(
          ErrorType.INTERNAL_ERROR, network.chain() + " could not be read; try again later");
    }
    if (changed.signum() != 0) {
      return refuse(
          ErrorType.FEATURE_NOT_SUPPORTED,
          "the registry records a change of this identity in block "
              + changed
              + ", and changes are not read");
    }
    return new DidResolution.Resolved(defaultDocument(did, identity));
  }

  private static DidDocument defaultDocument(Did did, EthrIdentity identity) {
    DidUrl controller = did.fragment("controller");
    Caip10AccountId account = new Caip10AccountId(identity.chain(), identity.address());
    List<VerificationMethod> methods = new ArrayList<>();
    methods.add(new VerificationMethod.BlockchainAccount(controller, did, account));
    Set<DidUrl> ids = new LinkedHashSet<>(Set.of(controller));
    identity
        .key()
        .ifPresent(
            key -> {
              DidUrl id = did.fragment("controllerKey");
              methods.add(new VerificationMethod.Multikey(id, did, key.text()));
              ids.add(id);
            });
    return new DidDocument(
        did,
        Set.of(),
        methods,
        Map.of(
            VerificationRelationship.AUTHENTICATION,
            ids,
            VerificationRelationship.ASSERTION_METHOD,
            ids),
        List.of());
  }

  private static DidResolution refuse(ErrorType error, String detail) {
    return new DidResolution.Refused(error, detail);
  }
}
