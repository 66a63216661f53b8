package org.earnest.cli.did;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.DidRegistryCalls;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.devnet.RpcUrls;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.kit.process.StartupException;

/**
 * Gives a did:ethr another owner by a transaction. What is sent is in a journal first: the same
 * change asked for again after a crash is the same transaction.
 */
public final class RegistryChange {
  /** What did:ethr calls the account of an identity's owner. */
  private static final String CONTROLLER = "controller";

  private final ChainReader reader;
  private final FailoverJsonRpc rpc;
  private final EthrNetwork network;
  private final Caip10AccountId identity;
  private final Did did;

  private RegistryChange(
      FailoverJsonRpc rpc,
      ChainReader reader,
      EthrNetwork network,
      Did did,
      Caip10AccountId identity) {
    this.rpc = rpc;
    this.reader = reader;
    this.network = network;
    this.did = did;
    this.identity = identity;
  }

  /**
   * A change of this identity.
   *
   * @param registry empty for the chain's well-known one
   * @throws StartupException {@code rpc_unreachable}, {@code did_malformed}, {@code wrong_chain} or
   *     {@code registry_unknown}
   */
  public static RegistryChange of(Did did, List<URI> nodes, Optional<EvmAddress> registry) {
    Caip10AccountId identity =
        EthrDidMethod.accountOf(did)
            .orElseThrow(
                () ->
                    new StartupException(
                        "did_malformed",
                        did + " is no did:ethr of a known network",
                        "Write it as did:ethr:0xCHAIN:0xADDRESS"));
    FailoverJsonRpc rpc = RpcUrls.connect(nodes, Optional.of(identity.chain()));
    ChainReader reader = JsonRpcChainReader.of(rpc, identity.chain());
    EthrNetwork network =
        registry
            .map(address -> EthrNetwork.withRegistry(address, reader))
            .or(() -> EthrNetwork.canonical(reader))
            .orElseThrow(
                () ->
                    new StartupException(
                        "registry_unknown",
                        "where the ERC-1056 registry of " + identity.chain() + " is, is not known",
                        "Name it with --registry"));
    return new RegistryChange(rpc, reader, network, did, identity);
  }

  /**
   * Sends it, and waits until it is mined.
   *
   * @param owner the new one; zero to give the identity up for ever
   * @return its transaction; empty where the identity is already so, as it is after a crash and a
   *     change that was mined meanwhile
   * @throws StartupException {@code identity_unreadable}, {@code change_refused} or {@code
   *     transaction_not_mined}
   */
  public Optional<Hash32> owner(
      EvmAddress owner, EvmSigner signer, JournaledTransaction.Journal journal) {
    DidResolution.Resolved now = resolved();
    if (isOwnedBy(now, owner)) {
      return Optional.empty();
    }
    DidRegistryCalls calls = new DidRegistryCalls(network.registry().orElseThrow().address());
    ChainCall call = calls.changeOwner(identity.address(), owner);
    String key = "did:owner:%s:%s:after:%s".formatted(identity.address(), owner, lastChange(now));
    SubmissionRequest request = new SubmissionRequest(key, call.to(), call.data());
    return Optional.of(mined(new JournaledTransaction(rpc, reader, journal).send(signer, request)));
  }

  /** The same change after another one is another request. */
  private static String lastChange(DidResolution.Resolved now) {
    return now.metadata().versionId().orElse("none");
  }

  private boolean isOwnedBy(DidResolution.Resolved now, EvmAddress owner) {
    if (now.metadata().deactivated()) {
      return owner.isZero();
    }
    Caip10AccountId account = new Caip10AccountId(identity.chain(), owner);
    return now.document().verificationMethods().stream()
        .filter(VerificationMethod.BlockchainAccount.class::isInstance)
        .map(VerificationMethod.BlockchainAccount.class::cast)
        .filter(method -> method.id().fragment().equals(Optional.of(CONTROLLER)))
        .anyMatch(method -> method.account().equals(account));
  }

  private DidResolution.Resolved resolved() {
    return switch (new EthrDidMethod(List.of(network)).resolve(did)) {
      case DidResolution.Resolved resolved -> resolved;
      case DidResolution.Refused refused ->
          throw new StartupException(
              "identity_unreadable",
              did + " cannot be read: " + refused.detail(),
              "Look at the node");
    };
  }

  private static Hash32 mined(SubmissionOutcome outcome) {
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> settled.receipt().transaction();
      case SubmissionOutcome.Rejected rejected ->
          throw new StartupException(
              "change_refused",
              "the change was refused: " + rejected.code() + ", " + rejected.reason(),
              "The key must be the identity's owner's now, and its account must hold some gas");
      case SubmissionOutcome.Pending pending -> throw JournaledTransaction.waiting();
      case SubmissionOutcome.Unknown unknown -> throw JournaledTransaction.waiting();
    };
  }
}
