package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.util.Set;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.HolderBinding;
import org.earnest.credentials.SdJwtOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.sdjwt.KeyBinding;
import org.earnest.kit.http.Problem;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /credentials/verify}: a credential in JSON, or an SD-JWT VC as text. */
final class VerifyEndpoint {
  private static final String RETURN_CREDENTIAL = "returnCredential";

  /** {@code checks} names checks to be made; all are always made. */
  private static final Set<String> OPTIONS =
      Set.of("checks", "challenge", "domain", RETURN_CREDENTIAL, TrustOption.NAME);

  private final CredentialVerifier verifier;

  VerifyEndpoint(CredentialVerifier verifier) {
    this.verifier = verifier;
  }

  void handle(Context context) {
    VcApiRequest.toVerify(context, "verifiableCredential", OPTIONS)
        .ifPresent(
            request -> {
              CredentialVerifier believing = TrustOption.applied(request, verifier);
              if (request.secured().isString()) {
                verifySdJwt(context, request, believing);
              } else {
                verify(context, request, believing);
              }
            });
  }

  private static void verify(Context context, VcApiRequest request, CredentialVerifier verifier) {
    switch (verifier.verify(request.credentialBytes(), request.expected())) {
      case VerificationOutcome.Verified verified -> {
        ObjectNode json = RefusedVerification.verified(verified.checks());
        if (returned(request)) {
          json.set("verifiableCredential", verified.credential().json());
        }
        send(context, json);
      }
      case VerificationOutcome.Refused refused ->
          RefusedVerification.send(context, refused.refusal(), refused.detail(), refused.checks());
    }
  }

  private static void verifySdJwt(
      Context context, VcApiRequest request, CredentialVerifier verifier) {
    switch (verifier.sdJwts().verify(request.secured().stringValue(), binding(request))) {
      case SdJwtOutcome.Verified verified -> {
        ObjectNode json = RefusedVerification.verified(verified.checks());
        if (returned(request)) {
          json.set("claims", verified.credential().claims());
        }
        send(context, json);
      }
      case SdJwtOutcome.Refused refused ->
          RefusedVerification.send(context, refused.refusal(), refused.detail(), refused.checks());
    }
  }

  /** A holder's proof names both its audience and the nonce (RFC 9901 §4.3). */
  private static HolderBinding binding(VcApiRequest request) {
    var nonce = request.text("challenge");
    var audience = request.text("domain");
    if (nonce.isPresent() != audience.isPresent()) {
      throw Problem.invalidRequest(
              "of an SD-JWT, challenge (its nonce) and domain (its audience) are expected together")
          .asException();
    }
    return nonce.isPresent()
        ? new HolderBinding.Required(new KeyBinding(audience.orElseThrow(), nonce.orElseThrow()))
        : new HolderBinding.NotExpected();
  }

  private static boolean returned(VcApiRequest request) {
    return request.options().path(RETURN_CREDENTIAL).asBoolean(false);
  }

  private static void send(Context context, ObjectNode json) {
    context.status(200).contentType("application/json").result(StrictJson.write(json));
  }
}
