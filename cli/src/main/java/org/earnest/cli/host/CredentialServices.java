package org.earnest.cli.host;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.SchemaCheck;
import org.earnest.credentials.StatusCheck;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.agent.AgentSchemas;
import org.earnest.credentials.delegation.VerifiedAuthority;
import org.earnest.credentials.edge.CredentialsService;
import org.earnest.credentials.edge.OperatorsSignature;
import org.earnest.credentials.edge.OwnDocuments;
import org.earnest.credentials.edge.StatusLists;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.proof.RdfcCryptosuite;
import org.earnest.credentials.schema.JsonSchemaCheck;
import org.earnest.credentials.settlement.StatementIssuer;
import org.earnest.credentials.status.BitstringStatus;
import org.earnest.credentials.status.ChainAnchor;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.credentials.store.StatusListStore;
import org.earnest.credentials.store.StoredChallenges;
import org.earnest.escrow.EscrowService;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.submission.OperatorToken;

/** Wires issuing and verifying to the issuer's key, the resolver and the database. */
final class CredentialServices {
  private static final InstantSource CLOCK = InstantSource.system();

  private final HostIssuer keys;
  private final KeyType first;
  private final DidResolver resolver;
  private final Database database;
  private final CompletableFuture<URI> host;
  private final KnownContexts contexts;
  private final CredentialIssuer issuer;
  private final List<CredentialIssuer> issuers;
  private final StatementIssuer statements;
  private final StatusCheck status;
  private final SchemaCheck schema;
  private final TokenStatus tokenStatus;

  /**
   * By these keys; what the house states itself is signed by the first kind that there is.
   *
   * @param host where this one's status lists are served, once it runs
   */
  CredentialServices(
      Lifecycle lifecycle,
      HostIssuer keys,
      DidResolver resolver,
      Database database,
      CompletableFuture<URI> host) {
    this.keys = keys;
    List<KeyType> types = keys.types();
    this.first = types.getFirst();
    this.resolver = resolver;
    this.database = database;
    this.host = host;
    this.contexts =
        KnownContexts.shipped().and(AgentContext.known()).and(PaymentContext.known()).andInline();
    LinkedData linked = new LinkedData(contexts);
    this.issuers = types.stream().flatMap(type -> issuers(type, linked).stream()).toList();
    this.issuer = issuers.getFirst();
    this.statements = new StatementIssuer(new Issuers(issuers), CLOCK);
    DocumentSource documents = documents(lifecycle, host);
    CredentialVerifier ofLists =
        CredentialVerifier.builder(resolver, contexts, CLOCK)
            .envelopes(new Envelopes(List.of(JwtEnvelope.CREDENTIAL)))
            .build();
    this.status = new BitstringStatus(documents, ofLists, CLOCK);
    this.tokenStatus = new TokenStatus(documents, new TokenListVerifier(resolver), CLOCK);
    this.schema = new JsonSchemaCheck(AgentSchemas.shipped(), documents);
  }

  /**
   * The VC API.
   *
   * @param reputation asked where a caller believes an issuer by what its agent settled
   * @param operator whose token is demanded of those who have things signed
   * @param demand of which of them
   */
  HttpService service(
      StatusLists statuses,
      ReputationReader reputation,
      OperatorToken operator,
      OperatorsSignature.Demand demand) {
    return new OperatorsSignature(vcApi(statuses, reputation), operator, demand);
  }

  private CredentialsService vcApi(StatusLists statuses, ReputationReader reputation) {
    return new CredentialsService(
        issuers,
        new Holder(keys.current(first), issuer.cryptosuite(), contexts, CLOCK),
        verifier().reputation(reputation),
        StoredChallenges.open(database),
        IdempotencyKeys.open(database),
        Optional.of(statuses));
  }

  /** One for each suite; the first is who issues where nobody asks for another. */
  private List<CredentialIssuer> issuers(KeyType type, LinkedData linked) {
    Supplier<DidSigner> key = keys.current(type);
    return suites(type, linked).stream()
        .map(suite -> new CredentialIssuer(key, suite, contexts, CLOCK))
        .toList();
  }

  private static List<Cryptosuite> suites(KeyType type, LinkedData linked) {
    return switch (type) {
      case ED25519 -> List.of(JcsCryptosuite.EDDSA_2022, RdfcCryptosuite.eddsa2022(linked));
      case P256 ->
          List.of(
              JcsCryptosuite.ECDSA_2019,
              RdfcCryptosuite.ecdsa2019(linked),
              EcdsaSdCryptosuite.of(linked));
      case P384 -> List.of(JcsCryptosuite.ECDSA_2019, RdfcCryptosuite.ecdsa2019(linked));
    };
  }

  /** Who issues. */
  Did did() {
    return issuer.issuer();
  }

  /** The issuers' status lists, their roots anchored on the chain. */
  StatusLists statusLists(TransactionSubmitter relayer, EvmAddress anchors) {
    return new StatusLists(
        StatusListStore.open(database),
        issuers,
        host::join,
        Optional.of(new ChainAnchor(relayer, anchors)),
        CLOCK);
  }

  /** Receipts of settlements, and who may open deals for whom. */
  HttpService ofDeals(EscrowService escrow, Caip10AccountId registry) {
    return escrow.credentials(registry, statements, new VerifiedAuthority(verifier().build()));
  }

  /** Says what the chain says, signed in the form that is asked for; one, as it bounds its work. */
  StatementIssuer statements() {
    return statements;
  }

  /** Each its own, as whoever builds with it adds to it; what is fetched is kept once for all. */
  private CredentialVerifier.Builder verifier() {
    return CredentialVerifier.builder(resolver, contexts, CLOCK)
        .envelopes(new Envelopes(List.of(JwtEnvelope.values())))
        .status(status)
        .schema(schema)
        .tokenStatus(tokenStatus);
  }

  /** What credentials point to; this host's own lists and schemas too. */
  private static DocumentSource documents(Lifecycle lifecycle, CompletableFuture<URI> host) {
    CompletableFuture<DocumentSource> source =
        host.thenApply(own -> lifecycle.start(() -> new OwnDocuments(own)));
    return (uri, accept) -> source.join().get(uri, accept);
  }
}
