package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Hash32;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.SignerUnavailableException;
import org.earnest.credentials.store.IdempotencyKey;
import org.earnest.credentials.store.Issuances;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Trace;

/**
 * {@code POST /credentials/issue}. Under an {@code Idempotency-Key} the same request gets the same
 * credential for ever; without one each request is a new issuance.
 */
final class IssueEndpoint {
  private static final int CREATED = 201;
  private static final String KEY_HEADER = "Idempotency-Key";

  private final CredentialIssuer issuer;
  private final Issuances issuances;

  IssueEndpoint(CredentialIssuer issuer, Issuances issuances) {
    this.issuer = issuer;
    this.issuances = issuances;
  }

  void handle(Context context) {
    Optional<IdempotencyKey> key =
        Optional.ofNullable(context.header(KEY_HEADER))
            .map(text -> Requests.parse("header " + KEY_HEADER, () -> new IdempotencyKey(text)));
    try {
      VcApiRequest request = VcApiRequest.read(context.bodyAsBytes(), "credential", Set.of());
      send(
          context,
          key.map(known -> once(context, known, request)).orElseGet(() -> sign(context, request)));
    } catch (InvalidCredentialException malformed) {
      refusal(context, malformed.refusal(), malformed.detail()).send(context);
    }
  }

  private String once(Context context, IdempotencyKey key, VcApiRequest request) {
    Hash32 hash = hash(request);
    Issuances.Answer answer =
        issuances
            .find(key, hash)
            .orElseGet(() -> issuances.keep(key, hash, sign(context, request)));
    return switch (answer) {
      case Issuances.Answer.Same same -> same.credential();
      case Issuances.Answer.Reused reused ->
          throw Problem.of(
                  422,
                  "idempotency_key_reused",
                  "The idempotency key belongs to another request",
                  "this key was used with another credential; choose a new key")
              .asException();
    };
  }

  private String sign(Context context, VcApiRequest request) {
    try {
      return switch (issuer.issue(request.credentialBytes())) {
        case IssueOutcome.Issued issued -> SignableJson.write(issued.credential());
        case IssueOutcome.Refused refused ->
            throw refusal(context, refused.refusal(), refused.detail()).asException();
      };
    } catch (SignerUnavailableException unavailable) {
      throw Problem.of(
              503,
              "signer_unavailable",
              "The issuer's key is not available",
              "nothing was issued; try again later")
          .retry()
          .asException();
    }
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

  private static Hash32 hash(VcApiRequest request) {
    try {
      byte[] canonical = SignableJson.canonicalize(request.credential());
      return Hash32.of(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
