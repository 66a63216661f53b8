package org.earnest.did.edge;

import io.javalin.http.Context;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolution.Refused;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.document.DidDocumentJson;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.kit.http.Trace;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code GET /1.0/identifiers/{did}} (DID Resolution 1.0 §7.1). */
public final class DidResolverService implements HttpService {
  private final DidResolver resolver;

  public DidResolverService(DidResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public String name() {
    return "did-resolver";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/1.0/identifiers/<did>", this::resolve);
  }

  private void resolve(Context context) {
    AcceptedForm.of(context.header("Accept"))
        .ifPresentOrElse(
            form ->
                answer(
                    context,
                    form,
                    ResolutionRequest.resolve(
                        resolver, context.pathParam("did"), context.queryParamMap().keySet())),
            () -> refuse(context, notAcceptable()));
  }

  private static Refused notAcceptable() {
    return new Refused(
        ErrorType.REPRESENTATION_NOT_SUPPORTED,
        "Accept application/did-resolution for the whole result,"
            + " or application/did for the document alone");
  }

  private static void answer(Context context, AcceptedForm form, DidResolution resolution) {
    switch (resolution) {
      case DidResolution.Resolved resolved -> {
        ObjectNode document = DidDocumentJson.write(resolved);
        send(context, 200, form.mediaType(), form.wholeResult() ? result(document) : document);
      }
      case Refused refused -> {
        if (form.wholeResult()) {
          Problem error = problem(context, refused);
          send(context, error.status(), form.mediaType(), result(error));
        } else {
          refuse(context, refused);
        }
      }
    }
  }

  private static void refuse(Context context, Refused refused) {
    problem(context, refused).send(context);
  }

  private static Problem problem(Context context, Refused refused) {
    return ResolutionError.of(refused, Trace.of(context).traceId());
  }

  private static ObjectNode result(ObjectNode document) {
    ObjectNode result = StrictJson.mapper().createObjectNode();
    result.putObject("didResolutionMetadata").put("contentType", AcceptedForm.RESULT.mediaType());
    result.set("didDocument", document);
    result.putObject("didDocumentMetadata");
    return result;
  }

  private static ObjectNode result(Problem error) {
    ObjectNode result = StrictJson.mapper().createObjectNode();
    result
        .putObject("didResolutionMetadata")
        .put("contentType", AcceptedForm.RESULT.mediaType())
        .set("error", StrictJson.mapper().valueToTree(error));
    result.putNull("didDocument");
    result.putObject("didDocumentMetadata");
    return result;
  }

  private static void send(Context context, int status, String mediaType, ObjectNode body) {
    context
        .status(status)
        .contentType(mediaType)
        .header("Vary", "Accept")
        .result(StrictJson.write(body));
  }
}
