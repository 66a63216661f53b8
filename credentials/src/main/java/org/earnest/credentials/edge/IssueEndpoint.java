package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueFormat;
import org.earnest.credentials.SignableCredential;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Trace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /credentials/issue}: each request that reaches it is a new issuance. */
final class IssueEndpoint {
  private static final int CREATED = 201;
  private static final String FORMAT = "format";

  private final IssuerChoice issuers;
  private final Optional<StatusLists> statuses;
  private final SdJwtIssuance sdJwts;

  IssueEndpoint(List<CredentialIssuer> issuers, Optional<StatusLists> statuses) {
    this.issuers = new IssuerChoice(issuers);
    this.statuses = statuses;
    this.sdJwts = new SdJwtIssuance(statuses);
  }

  void handle(Context context) {
    try {
      VcApiRequest request = VcApiRequest.read(context.bodyAsBytes(), "credential", options());
      ReservedTypes.requireNone(request.credential());
      send(context, sign(request));
    } catch (InvalidCredentialException refused) {
      String trace = Trace.of(context).traceId();
      RefusedVerification.problem(refused.refusal(), refused.detail(), trace).send(context);
    } catch (SignerUnavailableException unavailable) {
      unavailable().send(context);
    }
  }

  /** What would be refused takes no place in a list. Claims of an SD-JWT have no contexts. */
  private JsonNode sign(VcApiRequest request) throws InvalidCredentialException {
    IssueFormat format = format(request);
    CredentialIssuer issuer = issuers.of(request);
    WantedStatuses wanted = WantedStatuses.of(request);
    if (format == IssueFormat.SD_JWT && request.credential().has("vct")) {
      return sdJwts.sign(request.credential(), issuer, wanted);
    }
    SignableCredential judged = issuer.signable(request.credentialBytes());
    ReservedTypes.requireNone(judged.types());
    return switch (format) {
      case SD_JWT -> sdJwts.sign(request.credential(), issuer, wanted);
      case VC_JWT ->
          judged
              .requireEnvelopable()
              .with(places(request.credential(), issuer, wanted))
              .enveloped();
      case DATA_INTEGRITY -> judged.with(places(request.credential(), issuer, wanted)).secured();
    };
  }

  private static IssueFormat format(VcApiRequest request) {
    IssueFormat format =
        IssueFormat.named(request.text(FORMAT))
            .orElseThrow(
                () -> VcApiRequest.unsupported("options.format is one of " + IssueFormat.labels()));
    boolean byProof =
        IssuerChoice.OPTIONS.stream().anyMatch(option -> request.options().has(option));
    if (format != IssueFormat.DATA_INTEGRITY && byProof) {
      throw VcApiRequest.unsupported(
          "options.format is for JWTs, which have no " + IssuerChoice.OPTIONS);
    }
    return format;
  }

  private Set<String> options() {
    Set<String> options = new TreeSet<>(IssuerChoice.OPTIONS);
    options.add(FORMAT);
    options.add(WantedStatuses.CREDENTIAL_ID);
    if (statuses.isPresent()) {
      options.add(WantedStatuses.PURPOSES);
    }
    return options;
  }

  /** A place that is not signed for in the end is lost. */
  private List<BitstringEntry> places(
      ObjectNode credential, CredentialIssuer issuer, WantedStatuses wanted) {
    Optional<String> id = wanted.credentialId(credential.path("id"));
    return wanted.purposes().stream()
        .map(purpose -> statuses.orElseThrow().allocate(issuer.issuer(), purpose, id))
        .toList();
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

  private static void send(Context context, JsonNode credential) {
    String text =
        credential instanceof ObjectNode json ? SignableJson.write(json) : credential.toString();
    context
        .status(CREATED)
        .contentType("application/json")
        .result("{\"verifiableCredential\":" + text + "}");
  }
}
