package org.earnest.credentials.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueFormat;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Trace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code POST /credentials/issue}: each request that reaches it is a new issuance. */
final class IssueEndpoint {
  private static final int CREATED = 201;

  /** What statuses the credential shall have, each by its purpose. */
  private static final String STATUS_PURPOSES = "statusPurposes";

  private static final String FORMAT = "format";

  /** By which its statuses are changed later; its own id unless told. */
  private static final String CREDENTIAL_ID = "credentialId";

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
      send(context, sign(context, request));
    } catch (InvalidCredentialException malformed) {
      refusal(context, malformed.refusal(), malformed.detail()).send(context);
    }
  }

  private JsonNode sign(Context context, VcApiRequest request) throws InvalidCredentialException {
    IssueFormat format = format(request);
    CredentialIssuer issuer = issuers.of(request);
    Set<StatusPurpose> purposes = purposes(request);
    requireSignable(request, format, issuer);
    Optional<String> credentialId = request.text(CREDENTIAL_ID);
    credentialId.ifPresent(StatusLists::requireFindable);
    try {
      if (format == IssueFormat.SD_JWT) {
        return StringNode.valueOf(
            sdJwts.sign(request.credential(), issuer, purposes, credentialId));
      }
      ObjectNode credential = withStatuses(request.credential(), issuer, purposes, credentialId);
      byte[] bytes = SignableJson.write(credential).getBytes(UTF_8);
      return switch (format == IssueFormat.VC_JWT ? issuer.issueJwt(bytes) : issuer.issue(bytes)) {
        case IssueOutcome.Issued issued -> issued.credential();
        case IssueOutcome.Refused refused ->
            throw refusal(context, refused.refusal(), refused.detail()).asException();
      };
    } catch (SignerUnavailableException unavailable) {
      throw unavailable().asException();
    }
  }

  /** What would be refused takes no place in a list. Claims of an SD-JWT have no contexts. */
  private static void requireSignable(
      VcApiRequest request, IssueFormat format, CredentialIssuer issuer)
      throws InvalidCredentialException {
    if (format != IssueFormat.SD_JWT || !request.credential().has("vct")) {
      ReservedTypes.requireNone(issuer.types(request.credentialBytes()));
    }
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
    options.add(CREDENTIAL_ID);
    if (statuses.isPresent()) {
      options.add(STATUS_PURPOSES);
    }
    return options;
  }

  /** A place that is not signed for in the end is lost. */
  private ObjectNode withStatuses(
      ObjectNode unsecured,
      CredentialIssuer issuer,
      Set<StatusPurpose> purposes,
      Optional<String> credentialId) {
    ObjectNode credential = unsecured.deepCopy();
    if (purposes.isEmpty()) {
      return credential;
    }
    ArrayNode entries = credential.arrayNode();
    Optional<String> id =
        credentialId.or(
            () -> Optional.of(credential.path("id").asString("")).filter(text -> !text.isEmpty()));
    for (StatusPurpose purpose : purposes) {
      entries.add(statuses.orElseThrow().allocate(issuer.issuer(), purpose, id).json());
    }
    credential.set("credentialStatus", entries.size() == 1 ? entries.get(0) : entries);
    return credential;
  }

  /** A message needs its words, which only the issuer's own program has. */
  private static Set<StatusPurpose> purposes(VcApiRequest request) {
    JsonNode wanted = request.options().path(STATUS_PURPOSES);
    boolean unclear = request.credential().has("credentialStatus") || !wanted.isArray();
    if (!wanted.isMissingNode() && (unclear || wanted.isEmpty())) {
      throw Problem.invalidRequest(
              STATUS_PURPOSES + " must be an array, and credentialStatus absent")
          .asException();
    }
    Set<StatusPurpose> purposes = EnumSet.noneOf(StatusPurpose.class);
    for (JsonNode one : wanted) {
      purposes.add(
          StatusPurpose.of(one.asString(""))
              .filter(purpose -> purpose != StatusPurpose.MESSAGE)
              .orElseThrow(
                  () ->
                      Problem.invalidRequest(
                              STATUS_PURPOSES + " are revocation, suspension and refresh")
                          .asException()));
    }
    return purposes;
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

  private static void send(Context context, JsonNode credential) {
    String text =
        credential instanceof ObjectNode json ? SignableJson.write(json) : credential.toString();
    context
        .status(CREATED)
        .contentType("application/json")
        .result("{\"verifiableCredential\":" + text + "}");
  }
}
