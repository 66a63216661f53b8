package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.credentials.VerificationCheck;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Trace;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Refusals and checks as the VC API's clients read them. */
final class RefusedVerification {
  /**
   * Also where something could not be had now: no credential was verified, and retryable says more.
   */
  private static final int BAD_REQUEST = 400;

  private RefusedVerification() {}

  /** The refusal as a problem detail, of the type that its specification names. */
  static Problem problem(CredentialRefusal refusal, String detail, String traceId) {
    return new Problem(
        refusal.problemType(),
        title(refusal),
        BAD_REQUEST,
        detail,
        refusal.code(),
        refusal.retryable(),
        Optional.of(traceId));
  }

  private static String title(CredentialRefusal refusal) {
    return switch (refusal) {
      case MALFORMED_JSON -> "Not strict JSON";
      case INVALID_CREDENTIAL -> "Not a credential of the VC Data Model 2.0";
      case UNKNOWN_CONTEXT -> "A context is not known";
      case UNDEFINED_TERM -> "A term has no meaning, or another than it may";
      case TOO_COMPLEX -> "The document takes too much work";
      case PROOF_MISSING -> "There is no proof";
      case PROOF_UNSUPPORTED -> "The kind of proof is not supported";
      case PROOF_MALFORMED -> "The proof is malformed";
      case PROOF_NOT_DERIVED -> "The proof is the issuer's for the holder, not one to show";
      case SELECTION_INVALID -> "A pointer cannot be followed";
      case ISSUER_NOT_RESOLVED -> "The issuer has no usable DID document";
      case ISSUER_UNAVAILABLE -> "The issuer's DID document cannot be had now";
      case ISSUER_MISMATCH -> "The key or issuer is another";
      case KEY_NOT_AUTHORIZED -> "The issuer does not allow the key to assert";
      case KEY_UNSUPPORTED -> "The key is not supported";
      case PROOF_INVALID -> "The signature does not match";
      case NOT_YET_VALID -> "Not yet valid";
      case EXPIRED -> "No longer valid";
      case STATUS_UNSUPPORTED -> "The credential's status cannot be checked";
      case STATUS_MALFORMED -> "The credential's status is malformed";
      case STATUS_LIST_TOO_SHORT -> "The credential's status list is too short";
      case STATUS_OUT_OF_RANGE -> "The credential's status is out of the list's range";
      case SCHEMA_UNSUPPORTED -> "The credential's schema cannot be checked";
      case REVOKED -> "The credential is revoked";
      case SUSPENDED -> "The credential is suspended";
      case STATUS_INVALID -> "The credential's status list is not valid";
      case STATUS_UNAVAILABLE -> "The credential's status list cannot be had now";
      case SCHEMA_MISMATCH -> "The credential does not obey its schema";
      case SCHEMA_INVALID -> "The credential of the credential's schema is not valid";
      case SCHEMA_UNAVAILABLE -> "The credential's schema cannot be had now";
      case RESOURCE_MISMATCH -> "A related resource is another than its digest says";
      case HOLDER_MISMATCH -> "The holder is another";
      case DOMAIN_MISMATCH -> "The proof is for another domain";
      case CHALLENGE_MISMATCH -> "The proof answers another challenge";
      case CHALLENGE_USED -> "The challenge is used up";
      case CHALLENGES_FULL -> "Too many challenges are in use";
      case DISCLOSURE_INVALID -> "The disclosures do not fit what was signed";
      case HOLDER_BINDING_MISSING -> "The holder's proof is missing";
      case HOLDER_BINDING_INVALID -> "The holder's proof does not count";
      case NOT_TRUSTED -> "The issuer is not trusted";
      case TRUST_UNAVAILABLE -> "Whether the issuer is trusted cannot be found out now";
      case ALREADY_SECURED -> "The credential has a proof already";
    };
  }

  static ArrayNode json(List<VerificationCheck> checks) {
    ArrayNode json = StrictJson.mapper().createArrayNode();
    for (VerificationCheck check : checks) {
      json.addObject()
          .put("check", check.stage().name().toLowerCase(Locale.ROOT))
          .put("passed", check.passed())
          .put("detail", check.detail());
    }
    return json;
  }

  /** What is answered where every check passed. */
  static ObjectNode verified(List<VerificationCheck> checks) {
    ObjectNode json = StrictJson.mapper().createObjectNode().put("verified", true);
    json.set("checks", json(checks));
    return json;
  }

  /** Answers that nothing was verified. */
  static void send(
      Context context, CredentialRefusal refusal, String detail, List<VerificationCheck> checks) {
    Problem problem = problem(refusal, detail, Trace.of(context).traceId());
    context
        .status(problem.status())
        .contentType(Problem.CONTENT_TYPE)
        .result(StrictJson.write(json(problem, checks)));
  }

  /**
   * The problem with {@code verified: false} and the checks that were made; once more as the VC
   * API's {@code problemDetails}.
   */
  static ObjectNode json(Problem problem, List<VerificationCheck> checks) {
    ObjectNode json = StrictJson.mapper().valueToTree(problem);
    ObjectNode detail = json.deepCopy().retain("type", "title", "status", "detail", "code");
    json.put("verified", false);
    json.putArray("problemDetails").add(detail);
    json.set("checks", json(checks));
    return json;
  }
}
