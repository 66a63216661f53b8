package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.Challenges;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.PresentationOutcome;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.kit.http.Trace;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/** Presentations: asked for, made and verified. */
final class PresentationEndpoints {
  /** How long a challenge waits for its answer. */
  static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(5);

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final String FORMAT = "format";
  private static final String JWT = "vp+jwt";
  private static final Set<String> VERIFY_OPTIONS =
      Set.of("checks", "challenge", "domain", "returnPresentation", TrustOption.NAME);
  private static final Set<String> PROVE_OPTIONS =
      Set.of("challenge", "domain", IssuerChoice.TYPE, IssuerChoice.CRYPTOSUITE, FORMAT);

  private final HolderChoice holders;
  private final CredentialVerifier verifier;
  private final Challenges challenges;

  PresentationEndpoints(HolderChoice holders, CredentialVerifier verifier, Challenges challenges) {
    this.holders = holders;
    this.verifier = verifier;
    this.challenges = challenges;
  }

  void challenge(Context context) {
    String challenge = challenges.create(CHALLENGE_LIFETIME);
    ObjectNode json = StrictJson.mapper().createObjectNode().put("challenge", challenge);
    context.status(OK).contentType("application/json").result(StrictJson.write(json));
  }

  void prove(Context context) {
    try {
      VcApiRequest request =
          VcApiRequest.read(context.bodyAsBytes(), "presentation", PROVE_OPTIONS);
      switch (secured(request)) {
        case IssueOutcome.Issued issued ->
            context
                .status(CREATED)
                .contentType("application/json")
                .result(
                    "{\"verifiablePresentation\":" + SignableJson.write(issued.credential()) + "}");
        case IssueOutcome.Refused refused ->
            RefusedVerification.problem(
                    refused.refusal(), refused.detail(), Trace.of(context).traceId())
                .send(context);
      }
    } catch (SignerUnavailableException unavailable) {
      IssueEndpoint.unavailable().send(context);
    } catch (InvalidCredentialException malformed) {
      RefusedVerification.problem(
              malformed.refusal(), malformed.detail(), Trace.of(context).traceId())
          .send(context);
    }
  }

  private IssueOutcome secured(VcApiRequest request) {
    Optional<String> format = request.text(FORMAT);
    Holder holder = holders.of(request);
    if (format.isEmpty()) {
      return holder.prove(request.credentialBytes(), request.expected());
    }
    if (!format.get().equals(JWT)) {
      throw VcApiRequest.unsupported("options.format is " + JWT);
    }
    if (HolderChoice.isMade(request)) {
      throw VcApiRequest.unsupported("a " + JWT + " has no type and cryptosuite");
    }
    return holder.proveJwt(request.credentialBytes(), request.expected());
  }

  void verify(Context context) {
    VcApiRequest.toVerify(context, "verifiablePresentation", VERIFY_OPTIONS)
        .ifPresent(request -> verify(context, request));
  }

  private void verify(Context context, VcApiRequest request) {
    switch (TrustOption.applied(request, verifier)
        .presentations()
        .verify(request.credentialBytes(), request.expected())) {
      case PresentationOutcome.Verified verified -> accept(context, request, verified);
      case PresentationOutcome.Refused refused ->
          RefusedVerification.send(context, refused.refusal(), refused.detail(), refused.checks());
    }
  }

  private static void accept(
      Context context, VcApiRequest request, PresentationOutcome.Verified verified) {
    ObjectNode json = StrictJson.mapper().createObjectNode().put("verified", true);
    json.put("holder", verified.presentation().holder().value());
    json.set("checks", RefusedVerification.json(verified.checks()));
    if (request.options().path("returnPresentation").asBoolean(false)) {
      json.set("verifiablePresentation", verified.presentation().json());
    }
    context.status(OK).contentType("application/json").result(StrictJson.write(json));
  }
}
