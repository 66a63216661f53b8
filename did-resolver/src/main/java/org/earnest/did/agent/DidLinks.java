package org.earnest.did.agent;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.eip712.AgentDid;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentClaims.DidClaim;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.ethr.EthrDidMethod;
import org.earnest.did.jwk.JwkDidMethod;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;

/** What the DID says of the agent, and who owns the agent of the DID. */
record DidLinks(ChainReader chain, DidResolver resolver, RegisteredAgent agent) {
  /** Where it says nothing of the DID that it could not be resolved here. */
  private static final Set<ErrorType> NOT_TOLD =
      Set.of(
          ErrorType.INTERNAL_ERROR,
          ErrorType.FEATURE_NOT_SUPPORTED,
          ErrorType.METHOD_NOT_SUPPORTED);

  /** What did:ethr calls the key of an identity's owner; a delegate's may be the same account. */
  private static final String CONTROLLER = "#controller";

  /** Methods whose DIDs are accounts under another name. */
  private static final Set<String> OF_ACCOUNTS = Set.of(PkhDidMethod.NAME, EthrDidMethod.NAME);

  /** Methods whose documents have no place for another name. */
  private static final Set<String> UNSAYING =
      Set.of(KeyDidMethod.NAME, JwkDidMethod.NAME, PkhDidMethod.NAME, EthrDidMethod.NAME);

  /** How long an owner's word counts. */
  static final Duration MAX_AGE = Duration.ofDays(180);

  /** How far the owner's clock may be ahead of the chain's. */
  static final Duration SKEW = Duration.ofMinutes(1);

  /** {@code did_resolves}, {@code did_names_agent}, {@code owner_accepts_did} and the wallet's. */
  List<LinkFinding> of(Optional<Did> did, Optional<DidClaim> claim) {
    if (did.isEmpty()) {
      return List.of(
          LinkFinding.waits(AgentLink.DID_RESOLVES, AgentLink.FILE_NAMES_DID),
          LinkFinding.waits(AgentLink.DID_NAMES_AGENT, AgentLink.FILE_NAMES_DID),
          LinkFinding.waits(AgentLink.OWNER_ACCEPTS_DID, AgentLink.FILE_NAMES_DID),
          LinkFinding.waits(AgentLink.DID_NAMES_WALLET, AgentLink.FILE_NAMES_DID));
    }
    DidResolution resolution = resolver.resolve(did.get(), options(did.get()));
    Optional<DidDocument> document =
        resolution instanceof DidResolution.Resolved resolved && !resolved.metadata().deactivated()
            ? Optional.of(resolved.document())
            : Optional.empty();
    boolean isOwner = document.filter(this::isOwnersAccount).isPresent();
    return List.of(
        resolves(resolution),
        document
            .map(found -> namesAgent(found, isOwner))
            .orElseGet(() -> LinkFinding.waits(AgentLink.DID_NAMES_AGENT, AgentLink.DID_RESOLVES)),
        accepted(did.get(), claim, isOwner),
        document
            .map(this::namesWallet)
            .orElseGet(
                () -> LinkFinding.waits(AgentLink.DID_NAMES_WALLET, AgentLink.DID_RESOLVES)));
  }

  private LinkFinding namesWallet(DidDocument document) {
    AgentLink link = AgentLink.DID_NAMES_WALLET;
    if (agent.wallet().isEmpty()) {
      return LinkFinding.waits(link, AgentLink.WALLET_AGREES);
    }
    EvmAddress wallet = agent.wallet().get();
    if (agent.owner().equals(agent.wallet())) {
      return LinkFinding.ok(link, "wallet_of_owner", "the wallet is the owner's own account");
    }
    Caip10AccountId account = new Caip10AccountId(chain.chainId(), wallet);
    boolean listed =
        document.verificationMethods().stream()
            .filter(VerificationMethod.BlockchainAccount.class::isInstance)
            .map(VerificationMethod.BlockchainAccount.class::cast)
            .anyMatch(method -> method.account().equals(account));
    boolean named =
        document.alsoKnownAs().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(
                name -> name.equals(account.toString()) || name.equals(Did.pkh(account).value()));
    return listed || named
        ? LinkFinding.ok(link, "wallet_named", "the document names the wallet " + wallet)
        : LinkFinding.missing(
            link,
            "wallet_not_named",
            "the document does not name the agent's wallet " + wallet,
            UNSAYING.contains(document.id().method())
                ? "Set the wallet to the owner's account, or use a did:web"
                : "Add to the document's alsoKnownAs: " + Did.pkh(account));
  }

  /** One chain is read at one block. */
  private ResolutionOptions options(Did did) {
    return EthrDidMethod.accountOf(did)
        .map(Caip10AccountId::chain)
        .filter(chain.chainId()::equals)
        .map(same -> ResolutionOptions.of(new DidVersion.Id(Long.toString(agent.block().number()))))
        .orElse(ResolutionOptions.NONE);
  }

  private static LinkFinding resolves(DidResolution resolution) {
    AgentLink link = AgentLink.DID_RESOLVES;
    return switch (resolution) {
      case DidResolution.Resolved resolved when resolved.metadata().deactivated() ->
          LinkFinding.contradicted(
              link, "did_deactivated", "the DID was given up", "Trust no one who shows it");
      case DidResolution.Resolved resolved ->
          LinkFinding.ok(link, "document_found", "the DID has a document");
      case DidResolution.Refused(ErrorType error, String detail) when NOT_TOLD.contains(error) ->
          LinkFinding.unknown(
              link, reason(error), detail, "Try again, or where its method and chain are known");
      case DidResolution.Refused(ErrorType error, String detail) ->
          LinkFinding.missing(
              link, reason(error), detail, "Publish the document, or name another DID");
    };
  }

  private static String reason(ErrorType error) {
    return error.name().toLowerCase(Locale.ROOT);
  }

  private LinkFinding namesAgent(DidDocument document, boolean isOwner) {
    AgentLink link = AgentLink.DID_NAMES_AGENT;
    if (names(document)) {
      return LinkFinding.ok(link, "agent_named", "the document names the agent back");
    }
    if (isOwner) {
      return LinkFinding.ok(
          link, "account_owns_agent", "the DID is the account that owns the agent");
    }
    boolean namesOthers = document.alsoKnownAs().stream().anyMatch(DidLinks::isAgent);
    String remedy = "Add to the document's alsoKnownAs: " + agent.id();
    return namesOthers
        ? LinkFinding.contradicted(
            link, "other_agent_named", "the document names other agents and not this one", remedy)
        : LinkFinding.missing(
            link, "no_agent_named", "the document does not name the agent", remedy);
  }

  /** As an agent id, or as the token that the agent is (CAIP-19). */
  private boolean names(DidDocument document) {
    Caip10AccountId registry = agent.id().registry();
    String token = registry.chain() + "/erc721:" + registry.address() + "/" + agent.id().tokenId();
    return document.alsoKnownAs().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals(agent.id().toString()) || name.equals(token));
  }

  private static boolean isAgent(String name) {
    try {
      AgentId.parse(name.toLowerCase(Locale.ROOT));
      return true;
    } catch (IllegalArgumentException another) {
      return false;
    }
  }

  private boolean isOwnersAccount(DidDocument document) {
    return agent
        .owner()
        .filter(owner -> OF_ACCOUNTS.contains(document.id().method()))
        .filter(owner -> document.id().value().toLowerCase(Locale.ROOT).endsWith(owner.hex()))
        .filter(owner -> speaksFor(document, owner))
        .isPresent();
  }

  /** The account of an identity may have been given to another. */
  private boolean speaksFor(DidDocument document, EvmAddress owner) {
    Caip10AccountId account = new Caip10AccountId(chain.chainId(), owner);
    return document.verificationMethods().stream()
        .filter(VerificationMethod.BlockchainAccount.class::isInstance)
        .map(VerificationMethod.BlockchainAccount.class::cast)
        .filter(method -> method.account().equals(account))
        .filter(
            method ->
                !document.id().method().equals(EthrDidMethod.NAME)
                    || method.id().toString().endsWith(CONTROLLER))
        .anyMatch(
            method ->
                document.method(method.id(), VerificationRelationship.AUTHENTICATION).isPresent());
  }

  private LinkFinding accepted(Did did, Optional<DidClaim> claim, boolean isOwner) {
    AgentLink link = AgentLink.OWNER_ACCEPTS_DID;
    if (isOwner) {
      return LinkFinding.ok(
          link, "account_owns_agent", "the DID is the account that owns the agent");
    }
    if (agent.owner().isEmpty()) {
      return LinkFinding.waits(link, AgentLink.AGENT_REGISTERED);
    }
    String remedy =
        "Its owner signs: ./earnest agent bind %s --did %s --key FILE".formatted(agent.id(), did);
    Optional<String> signature = claim.flatMap(DidClaim::ownerSignature);
    if (signature.isEmpty()) {
      return LinkFinding.missing(
          link, "not_signed", "the file has no signature of the owner for this DID", remedy);
    }
    Optional<Instant> signedAt = claim.flatMap(DidClaim::ownerSignedAt).flatMap(DidLinks::time);
    if (signedAt.isEmpty()) {
      return LinkFinding.missing(
          link, "not_dated", "the file does not say when the owner signed", remedy);
    }
    if (signedAt.get().isBefore(agent.time().minus(MAX_AGE))) {
      return LinkFinding.missing(
          link,
          "signature_expired",
          "the owner's word is older than " + MAX_AGE.toDays() + " days",
          remedy);
    }
    if (signedAt.get().isAfter(agent.time().plus(SKEW))) {
      return LinkFinding.unknown(
          link,
          "signature_of_the_future",
          "the chain has not come to the time of the owner's word",
          "Try again after the next block");
    }
    AgentDid word = new AgentDid(agent.id(), did, agent.owner().get(), signedAt.get());
    BlockTag at = new BlockTag.Height(agent.block().number());
    return OwnerSignature.holds(chain, word, signature.get(), at)
        ? LinkFinding.ok(link, "signed", "its owner signed for this DID")
        : LinkFinding.contradicted(
            link,
            "signature_of_another",
            "the signature in the file is not the owner's for this agent and DID",
            remedy);
  }

  static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text))
          .filter(time -> time.equals(time.truncatedTo(ChronoUnit.SECONDS)));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
