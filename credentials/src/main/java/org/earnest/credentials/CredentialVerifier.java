package org.earnest.credentials;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.reputation.ReputationReader;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.linked.TermCheck;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.Proof;
import org.earnest.credentials.status.TokenStatus;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies credentials of the VC Data Model 2.0, however they are secured. The order of the checks
 * is that of {@link Stage} and never varies; what cannot be checked is refused, never ignored. Safe
 * for use by many threads.
 */
public final class CredentialVerifier {
  private final DidResolver resolver;
  private final KnownContexts contexts;
  private final InstantSource clock;
  private final TermCheck terms;
  private final Cryptosuites suites;
  private final Envelopes envelopes;
  private final StatusCheck status;
  private final SchemaCheck schema;
  private final TokenStatus tokenStatus;
  private final Challenges challenges;
  private final Optional<ReputationReader> reputation;
  private final TrustPolicy policy;

  private CredentialVerifier(CredentialVerifier other, TrustPolicy policy) {
    this.resolver = other.resolver;
    this.contexts = other.contexts;
    this.clock = other.clock;
    this.terms = other.terms;
    this.suites = other.suites;
    this.envelopes = other.envelopes;
    this.status = other.status;
    this.schema = other.schema;
    this.tokenStatus = other.tokenStatus;
    this.challenges = other.challenges;
    this.reputation = other.reputation;
    this.policy = policy;
  }

  private CredentialVerifier(Builder builder) {
    this.resolver = builder.resolver;
    this.contexts = builder.contexts;
    this.clock = builder.clock;
    this.terms = builder.terms;
    this.suites = builder.suites;
    this.envelopes = builder.envelopes;
    this.status = builder.status;
    this.schema = builder.schema;
    this.tokenStatus =
        builder.tokenStatus.orElseGet(
            () ->
                new TokenStatus(
                    DocumentSource.none(), new TokenListVerifier(resolver), builder.clock));
    this.challenges = builder.challenges;
    this.reputation = builder.reputation;
    this.policy = builder.policy;
  }

  /** A verifier that knows these contexts, and refuses what names a status or a schema. */
  public static Builder builder(DidResolver resolver, KnownContexts contexts, InstantSource clock) {
    return new Builder(resolver, contexts, clock);
  }

  /**
   * Verifies a credential as it was received.
   *
   * @param credential JSON in UTF-8; the very bytes, because a parser may have hidden a duplicate
   *     key
   */
  public VerificationOutcome verify(byte[] credential) {
    return verify(credential, Expected.NOTHING);
  }

  /** Verifies a credential whose proof was asked for. */
  public VerificationOutcome verify(byte[] credential, Expected expected) {
    CheckList checks = new CheckList();
    try {
      ObjectNode json = checks.make(Stage.JSON, "strict JSON", () -> SignableJson.read(credential));
      return new VerificationOutcome.Verified(
          verify(json, expected, checks, new FetchBudget(clock)), checks.made());
    } catch (InvalidCredentialException refused) {
      return new VerificationOutcome.Refused(refused.refusal(), refused.detail(), checks.made());
    }
  }

  /**
   * Verifies many credentials, each as {@link #verify(byte[])} does. What is made of each stays in
   * memory until the last, so that a collector that works on one thread (the JVM's serial one)
   * takes a tenth and more of what a second thread gains.
   *
   * @param threads that work at once, this one waiting meanwhile; more than there are processors
   *     gain nothing
   * @return what came of each, in their order
   */
  public List<VerificationOutcome> verifyAll(List<byte[]> credentials, int threads) {
    return new VerificationBatch(this, credentials).verify(threads);
  }

  /** The checks from the shape on. */
  VerifiedCredential verify(
      ObjectNode json, Expected expected, CheckList checks, FetchBudget budget)
      throws InvalidCredentialException {
    Instant now = clock.instant();
    SecuredCredential secured = current(json, now, checks, budget);
    Credential credential = secured.credential();
    List<Proof> proofs = secured.proofs();
    checks.find(Stage.SCHEMA, () -> schema(credential, budget));
    checks.find(Stage.RESOURCES, () -> new PinnedResources(contexts).found(credential));
    VerifiedCredential verified = new VerifiedCredential(credential, proofs, now);
    checks.find(Stage.POLICY, () -> policy.judge(verified.issuer(), verified.types()));
    checks.find(Stage.BINDING, () -> binding(proofs, expected));
    return verified;
  }

  /** The checks up to the status. */
  private SecuredCredential current(
      ObjectNode json, Instant now, CheckList checks, FetchBudget budget)
      throws InvalidCredentialException {
    SecuredCredential secured =
        checks.make(Stage.SHAPE, "VC Data Model 2.0 with a proof", () -> secured(json, budget));
    Credential credential = secured.credential();
    List<Proof> proofs = secured.proofs();
    new ProofKeys(resolver, checks, budget).require(credential.issuer(), proofs);
    checks.make(Stage.VALIDITY, "valid now", () -> ValidityTimes.require(credential, proofs, now));
    checks.find(Stage.STATUS, () -> status(credential, now, budget));
    return secured;
  }

  private SecuredCredential secured(ObjectNode json, FetchBudget budget)
      throws InvalidCredentialException {
    SecuredCredential secured = SecuredCredential.read(json, contexts, terms, suites, envelopes);
    budget.take(secured.credential(), secured.proofs());
    return secured;
  }

  private String status(Credential credential, Instant now, FetchBudget budget)
      throws InvalidCredentialException {
    if (!credential.has("credentialStatus")) {
      return "has no status";
    }
    budget.requireTime();
    return status.check(credential, now);
  }

  private String schema(Credential credential, FetchBudget budget)
      throws InvalidCredentialException {
    if (!credential.has("credentialSchema")) {
      return "has no schema";
    }
    budget.requireTime();
    return schema.check(credential, carrier -> carrier(carrier, budget));
  }

  /** What it names as its own schema is not followed. */
  private Credential carrier(byte[] carrier, FetchBudget budget) throws InvalidCredentialException {
    budget.requireTime();
    ObjectNode json = SignableJson.read(carrier);
    return current(json, clock.instant(), new CheckList(), budget).credential();
  }

  private String binding(List<Proof> proofs, Expected expected) throws InvalidCredentialException {
    if (expected.equals(Expected.NOTHING)) {
      return "nothing was asked for";
    }
    for (Proof proof : proofs) {
      expected.requireMet(proof);
    }
    expected.consume(challenges);
    return "as was asked for";
  }

  /**
   * What a credential that only the presentation's own proof secures must still obey.
   *
   * @param holder as the presentation names it, whose proof was judged
   */
  VerifiedCredential selfAsserted(
      ObjectNode json,
      Optional<Did> holder,
      List<Proof> proofs,
      CheckList checks,
      FetchBudget budget)
      throws InvalidCredentialException {
    Credential credential =
        checks.make(
            Stage.SHAPE,
            "VC Data Model 2.0, secured by the presentation",
            () -> selfAsserted(json, holder, budget));
    Instant now = clock.instant();
    checks.make(Stage.VALIDITY, "valid now", () -> ValidityTimes.require(credential, proofs, now));
    checks.find(Stage.STATUS, () -> status(credential, now, budget));
    checks.find(Stage.SCHEMA, () -> schema(credential, budget));
    checks.find(Stage.RESOURCES, () -> new PinnedResources(contexts).found(credential));
    VerifiedCredential verified = new VerifiedCredential(credential, proofs, now);
    checks.find(Stage.POLICY, () -> policy.judge(verified.issuer(), verified.types()));
    return verified;
  }

  private Credential selfAsserted(ObjectNode json, Optional<Did> holder, FetchBudget budget)
      throws InvalidCredentialException {
    Credential credential = Credential.parse(json, contexts);
    if (!holder.equals(Optional.of(credential.issuer()))) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_MISSING, "it has no proof, and its issuer is not the holder");
    }
    terms.require(json);
    budget.take(credential, List.of());
    return credential;
  }

  /** The same, which believes what this policy does and no other. */
  public CredentialVerifier believing(TrustPolicy policy) {
    return new CredentialVerifier(this, policy);
  }

  boolean believesEverybody() {
    return policy.equals(TrustPolicy.EVERYBODY);
  }

  /** Who says what agents earned, where that is known. */
  public Optional<ReputationReader> reputation() {
    return reputation;
  }

  /** A verifier of presentations of what this one accepts. */
  public PresentationVerifier presentations() {
    return new PresentationVerifier(
        this, resolver, contexts, clock, terms, suites, envelopes, challenges);
  }

  /** A verifier of SD-JWT VCs, of the issuers that this one believes. */
  public SdJwtVerifier sdJwts() {
    return new SdJwtVerifier(resolver, clock, tokenStatus, challenges, policy);
  }

  /** What a verifier is made of; all but the first three have a safe default. */
  public static final class Builder {
    private final DidResolver resolver;
    private final KnownContexts contexts;
    private final InstantSource clock;
    private final TermCheck terms;
    private Cryptosuites suites;
    private Envelopes envelopes = Envelopes.NONE;
    private StatusCheck status = StatusCheck.NONE;
    private SchemaCheck schema = SchemaCheck.NONE;
    private Optional<TokenStatus> tokenStatus = Optional.empty();
    private Challenges challenges;
    private Optional<ReputationReader> reputation = Optional.empty();
    private TrustPolicy policy = TrustPolicy.EVERYBODY;

    private Builder(DidResolver resolver, KnownContexts contexts, InstantSource clock) {
      this.resolver = resolver;
      this.contexts = contexts;
      this.clock = clock;
      this.challenges = new InMemoryChallenges(clock);
      LinkedData linked = new LinkedData(contexts);
      this.terms = new TermCheck(linked);
      this.suites = Cryptosuites.all(linked);
    }

    /** The Data Integrity cryptosuites that are allowed; all unless told. */
    public Builder cryptosuites(Cryptosuites allowed) {
      this.suites = allowed;
      return this;
    }

    /** The envelopes that are allowed; none unless told. */
    public Builder envelopes(Envelopes allowed) {
      this.envelopes = allowed;
      return this;
    }

    /** Who is asked for a status. */
    public Builder status(StatusCheck check) {
      this.status = check;
      return this;
    }

    /** Who is asked for an SD-JWT's status; those that name one are refused unless told. */
    public Builder tokenStatus(TokenStatus check) {
      this.tokenStatus = Optional.of(check);
      return this;
    }

    /** Who holds credentials against schemas. */
    public Builder schema(SchemaCheck check) {
      this.schema = check;
      return this;
    }

    /** Where challenges are used up; this process's memory unless told. */
    public Builder challenges(Challenges store) {
      this.challenges = store;
      return this;
    }

    /** Who says what agents earned, for {@link TrustedIssuers}; nobody unless told. */
    public Builder reputation(ReputationReader reader) {
      this.reputation = Optional.of(reader);
      return this;
    }

    /** Whom to believe; everybody unless told. */
    public Builder policy(TrustPolicy judge) {
      this.policy = judge;
      return this;
    }

    public CredentialVerifier build() {
      return new CredentialVerifier(this);
    }
  }
}
