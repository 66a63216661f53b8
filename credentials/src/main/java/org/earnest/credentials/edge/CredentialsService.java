package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;
import org.earnest.kit.idempotency.IdempotencyKeys;

/**
 * The VC API: issues, presents and verifies, and serves the contexts of Earnest's own credentials.
 */
public final class CredentialsService implements HttpService {
  private final VerifyEndpoint verify;
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
      IdempotencyKeys keys) {
    this(issuers, holder, verifier, challenges, keys, Optional.empty());
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
      IdempotencyKeys keys,
      Optional<StatusLists> statuses) {
    Challenges callers = new CallersChallenges(challenges);
    CredentialVerifier built = verifier.challenges(callers).build();
    this.verify = new VerifyEndpoint(built);
    this.issue = new IssueEndpoint(issuers, statuses);
    this.derive = new DeriveEndpoint(holder);
    this.presentations =
        new PresentationEndpoints(new HolderChoice(holder, issuers), built, callers);
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
    routes.post("/credentials/verify", verify::handle);
    routes.post("/presentations", presentations::prove);
    routes.post("/presentations/verify", presentations::verify);
    routes.post("/challenges", presentations::challenge);
    routes.get(AgentContext.PATH, context -> send(context, AgentContext.document()));
    routes.get(PaymentContext.PATH, context -> send(context, PaymentContext.document()));
  }

  private static void send(Context context, byte[] jsonLd) {
    context.contentType("application/ld+json").result(jsonLd);
  }
}
