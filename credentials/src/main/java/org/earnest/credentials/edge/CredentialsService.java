package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * The VC API: issues, presents and verifies, and serves the contexts of Earnest's own credentials.
 */
public final class CredentialsService implements HttpService {
  private static final String RETURN_CREDENTIAL = "returnCredential";

  /** {@code checks} names checks to be made; all are always made. */
  private static final Set<String> VERIFY_OPTIONS =
      Set.of("checks", "challenge", "domain", RETURN_CREDENTIAL, TrustOption.NAME);

  private final CredentialVerifier verifier;
  private final IssueEndpoint issue;
  private final DeriveEndpoint derive;
  private final PresentationEndpoints presentations;
  private final IdempotencyKeys keys;

  /**
   * Serves one issuer, who is a holder too.
   *
   * @param issuers by each key and suite; the first unless a request says otherwise
   * @param verifier whose challenges are given out here, too
   */
  public CredentialsService(
      List<CredentialIssuer> issuers,
      Holder holder,
      CredentialVerifier.Builder verifier,
      Challenges challenges,
      InstantSource clock,
      IdempotencyKeys keys) {
    this(issuers, holder, verifier, challenges, clock, keys, Optional.empty());
  }

  /**
   * Serves one issuer, who is a holder too.
   *
   * @param issuers by each key and suite; the first unless a request says otherwise
   * @param statuses the issuer's lists, where it has any
   */
  public CredentialsService(
      List<CredentialIssuer> issuers,
      Holder holder,
      CredentialVerifier.Builder verifier,
      Challenges challenges,
      InstantSource clock,
      IdempotencyKeys keys,
      Optional<StatusLists> statuses) {
    Challenges callers = new CallersChallenges(challenges);
    this.verifier = verifier.challenges(callers).build();
    this.issue = new IssueEndpoint(issuers, statuses);
    this.derive = new DeriveEndpoint(holder);
    this.presentations = new PresentationEndpoints(holder, this.verifier, callers, clock);
    this.keys = keys;
  }

  @Override
  public String name() {
    return "credentials";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.post("/credentials/issue", keys.around(name(), issue::handle));
    routes.post("/credentials/derive", derive::handle);
    routes.post("/credentials/verify", this::verify);
    routes.post("/presentations", presentations::prove);
    routes.post("/presentations/verify", presentations::verify);
    routes.post("/challenges", presentations::challenge);
    routes.get(AgentContext.PATH, context -> send(context, AgentContext.document()));
    routes.get(PaymentContext.PATH, context -> send(context, PaymentContext.document()));
  }

  private static void send(Context context, byte[] jsonLd) {
    context.contentType("application/ld+json").result(jsonLd);
  }

  private void verify(Context context) {
    VcApiRequest.toVerify(context, "verifiableCredential", VERIFY_OPTIONS)
        .ifPresent(request -> verify(context, request));
  }

  private void verify(Context context, VcApiRequest request) {
    switch (TrustOption.applied(request, verifier)
        .verify(request.credentialBytes(), request.expected())) {
      case VerificationOutcome.Verified verified -> accept(context, request, verified);
      case VerificationOutcome.Refused refused ->
          RefusedVerification.send(context, refused.refusal(), refused.detail(), refused.checks());
    }
  }

  private static void accept(
      Context context, VcApiRequest request, VerificationOutcome.Verified verified) {
    ObjectNode json = StrictJson.mapper().createObjectNode().put("verified", true);
    json.set("checks", RefusedVerification.json(verified.checks()));
    if (request.options().path(RETURN_CREDENTIAL).asBoolean(false)) {
      json.set("verifiableCredential", verified.credential().json());
    }
    context.status(200).contentType("application/json").result(StrictJson.write(json));
  }
}
