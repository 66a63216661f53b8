package org.earnest.cli.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.cli.indexer.DidMethods;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Expected;
import org.earnest.credentials.HolderBinding;
import org.earnest.credentials.PresentationOutcome;
import org.earnest.credentials.SdJwtOutcome;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.TrustPolicy;
import org.earnest.credentials.VerificationCheck;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentSchemas;
import org.earnest.credentials.edge.GuardedDocuments;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.schema.JsonSchemaCheck;
import org.earnest.credentials.sdjwt.KeyBinding;
import org.earnest.credentials.status.BitstringStatus;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.process.Lifecycle;

/** Verifies what is in a file, in this process. */
public final class RelyingParty {
  private static final InstantSource CLOCK = InstantSource.system();

  private final CredentialVerifier credentials;
  private final SdJwtVerifier selective;

  /**
   * Verifies so.
   *
   * @param lists a folder with status lists that are not asked for elsewhere
   * @param trusted issuers; all where empty
   */
  public RelyingParty(
      Lifecycle lifecycle, List<EthrNetwork> networks, Optional<Path> lists, Set<Did> trusted) {
    DidResolver resolver = new DidMethods(lifecycle).resolver(networks);
    DocumentSource web =
        new GuardedDocuments(lifecycle.start(() -> new GuardedFetcher(FetchPolicy.STRICT)));
    DocumentSource documents = lists.map(folder -> ListFiles.in(folder, web)).orElse(web);
    CredentialVerifier ofLists =
        verifier(resolver).envelopes(new Envelopes(List.of(JwtEnvelope.CREDENTIAL))).build();
    TrustPolicy policy = trusted.isEmpty() ? TrustPolicy.EVERYBODY : TrustPolicy.issuers(trusted);
    this.credentials =
        verifier(resolver)
            .envelopes(new Envelopes(List.of(JwtEnvelope.values())))
            .status(new BitstringStatus(documents, ofLists, CLOCK))
            .schema(new JsonSchemaCheck(AgentSchemas.shipped(), documents))
            .challenges(new AskedOnce())
            .policy(policy)
            .build();
    this.selective =
        new SdJwtVerifier(
            resolver,
            CLOCK,
            new TokenStatus(documents, new TokenListVerifier(resolver), CLOCK),
            new AskedOnce(),
            policy);
  }

  private static CredentialVerifier.Builder verifier(DidResolver resolver) {
    return CredentialVerifier.builder(resolver, Issuing.CONTEXTS, CLOCK);
  }

  /** The caller made the challenge, and this process verifies once. */
  private record AskedOnce() implements Challenges {
    @Override
    public String create(Duration lifetime) {
      throw new UnsupportedOperationException("challenges are made by whoever asks");
    }

    @Override
    public Use consume(String challenge) {
      return Use.USED;
    }
  }

  /** Verifies it as what it is. */
  public Verdict verify(SecuredText secured, Expected expected) {
    try {
      return switch (secured) {
        case SecuredText.Json json -> json(json, expected);
        case SecuredText.Jwt jwt -> json(jwt.enveloped(), expected);
        case SecuredText.SelectiveJwt jwt -> selective(jwt, expected);
      };
    } catch (InvalidCredentialException malformed) {
      return Verdict.refused(
          malformed.refusal(),
          malformed.detail(),
          List.of(new VerificationCheck(VerificationCheck.Stage.JSON, false, malformed.detail())));
    }
  }

  private Verdict json(SecuredText.Json json, Expected expected) throws InvalidCredentialException {
    byte[] bytes = json.text().getBytes(UTF_8);
    if (json.isPresentation()) {
      return switch (credentials.presentations().verify(bytes, expected)) {
        case PresentationOutcome.Verified verified ->
            Verdict.verified(verified.checks(), Shown.of(verified.presentation()));
        case PresentationOutcome.Refused refused ->
            Verdict.refused(refused.refusal(), refused.detail(), refused.checks());
      };
    }
    return switch (credentials.verify(bytes, expected)) {
      case VerificationOutcome.Verified verified ->
          Verdict.verified(verified.checks(), Shown.of(verified.credential()));
      case VerificationOutcome.Refused refused ->
          Verdict.refused(refused.refusal(), refused.detail(), refused.checks());
    };
  }

  private Verdict selective(SecuredText.SelectiveJwt jwt, Expected expected) {
    HolderBinding binding =
        expected.challenge().isPresent()
            ? new HolderBinding.Required(
                new KeyBinding(expected.domain().orElse(""), expected.challenge().get()))
            : new HolderBinding.NotExpected();
    return switch (selective.verify(jwt.compact(), binding)) {
      case SdJwtOutcome.Verified verified ->
          Verdict.verified(verified.checks(), Shown.of(verified.credential()));
      case SdJwtOutcome.Refused refused ->
          Verdict.refused(refused.refusal(), refused.detail(), refused.checks());
    };
  }
}
