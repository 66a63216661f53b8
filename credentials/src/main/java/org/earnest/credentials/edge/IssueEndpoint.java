package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.util.Set;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Trace;

/** {@code POST /credentials/issue}: each request that reaches it is a new issuance. */
final class IssueEndpoint {
  private static final int CREATED = 201;

  private final CredentialIssuer issuer;

  IssueEndpoint(CredentialIssuer issuer) {
    this.issuer = issuer;
  }

  void handle(Context context) {
    try {
      VcApiRequest request = VcApiRequest.read(context.bodyAsBytes(), "credential", Set.of());
      send(context, sign(context, request));
    } catch (InvalidCredentialException malformed) {
      refusal(context, malformed.refusal(), malformed.detail()).send(context);
    }
  }

  private String sign(Context context, VcApiRequest request) {
    try {
      return switch (issuer.issue(request.credentialBytes())) {
        case IssueOutcome.Issued issued -> SignableJson.write(issued.credential());
        case IssueOutcome.Refused refused ->
            throw refusal(context, refused.refusal(), refused.detail()).asException();
      };
    } catch (SignerUnavailableException unavailable) {
      throw unavailable().asException();
    }
  }

  /** The key cannot be used now. */
  static Problem unavailable() {
    return Problem.of(
            503,
            "signer_unavailable",
            "The issuer's key is not available",
            "nothing was issued; try again later")
        .retry();
  }

  private static Problem refusal(Context context, CredentialRefusal refusal, String detail) {
    return RefusedVerification.problem(refusal, detail, Trace.of(context).traceId());
  }

  private static void send(Context context, String credential) {
    context
        .status(CREATED)
        .contentType("application/json")
        .result("{\"verifiableCredential\":" + credential + "}");
  }
}
