package org.earnest.did.edge;

import io.javalin.http.Context;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolution.Refused;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.dereference.Dereferencing;
import org.earnest.did.dereference.DidUrlDereferencer;
import org.earnest.did.document.DidDocumentJson;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.kit.http.Trace;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code GET /1.0/identifiers/{did}} (DID Resolution 1.0 §12.1). */
public final class DidResolverService implements HttpService {
  private static final int SEE_OTHER = 303;
  private static final int DEACTIVATED = 410;
  private static final Refused NO_DID =
      new Refused(ErrorType.INVALID_DID, "a DID is needed in the path");
  private static final Refused NO_SERVICE =
      new Refused(ErrorType.NOT_FOUND, "the document has no such service with a web URL");
  private final DidUrlDereferencer dereferencer;

  public DidResolverService(DidResolver resolver) {
    this.dereferencer = new DidUrlDereferencer(resolver);
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
    routes.get("/1.0/identifiers/<did>", this::answer);
    routes.get("/1.0/identifiers", context -> refuse(context, NO_DID));
  }

  private void answer(Context context) {
    String accept = context.header("Accept");
    try {
      IdentifierRequest request =
          IdentifierRequest.parse(context.pathParam("did"), context.queryParamMap());
      AcceptedForm.of(accept, byDefault(request))
          .ifPresentOrElse(
              form -> send(context, form, request), () -> problem(context, notAcceptable()));
    } catch (RefusedRequestException refused) {
      refuse(context, refused.refused());
    }
  }

  private static void refuse(Context context, Refused refused) {
    AcceptedForm.of(context.header("Accept"), AcceptedForm.RESULT)
        .ifPresentOrElse(
            form -> refuse(context, form, refused), () -> problem(context, notAcceptable()));
  }

  private static AcceptedForm byDefault(IdentifierRequest request) {
    return request.isDereferencing() ? AcceptedForm.DEREFERENCING : AcceptedForm.RESULT;
  }

  private void send(Context context, AcceptedForm form, IdentifierRequest request) {
    Dereferencing found =
        dereferencer.dereference(
            request.did(), request.services(), request.fragment(), request.options());
    switch (found) {
      case Dereferencing.Nothing(Refused refused) -> refuse(context, form, refused);
      case Dereferencing.Document(ObjectNode document, DidDocumentMetadata metadata) ->
          document(context, form, expanded(request, document), metadata);
      case Dereferencing.Part(ObjectNode content, DidDocumentMetadata metadata) ->
          content(context, form, content, metadata);
      case Dereferencing.Services services -> services(context, form, request, services);
    }
  }

  private static ObjectNode expanded(IdentifierRequest request, ObjectNode document) {
    return request.expandRelativeUrls()
        ? DidDocumentJson.expandRelativeUrls(document, request.did())
        : document;
  }

  private static void document(
      Context context, AcceptedForm form, ObjectNode document, DidDocumentMetadata metadata) {
    if (form.kind() == AcceptedForm.Kind.RESOLUTION_RESULT) {
      send(context, form, metadata, ResultJson.resolution(document, metadata));
    } else {
      content(context, form, document, metadata);
    }
  }

  private static void content(
      Context context, AcceptedForm form, ObjectNode content, DidDocumentMetadata metadata) {
    switch (form.kind()) {
      case CONTENT -> alone(context, form, metadata, content);
      case DEREFERENCING_RESULT ->
          send(
              context,
              form,
              metadata,
              ResultJson.dereferencing(content, AcceptedForm.DOCUMENT, metadata));
      case RESOLUTION_RESULT, URI_LIST -> problem(context, notAcceptable());
    }
  }

  /** Who gave a DID up has no document any more (§4.4). */
  private static void alone(
      Context context, AcceptedForm form, DidDocumentMetadata metadata, JsonNode content) {
    if (metadata.deactivated()) {
      context.status(DEACTIVATED).header("Vary", "Accept");
    } else {
      send(context, form, metadata, content);
    }
  }

  private static void services(
      Context context,
      AcceptedForm form,
      IdentifierRequest request,
      Dereferencing.Services services) {
    if (form.kind() == AcceptedForm.Kind.URI_LIST) {
      redirect(context, form, services);
    } else {
      document(context, form, expanded(request, services.document()), services.metadata());
    }
  }

  /** Of several endpoints the first: a redirect has one place to go to. */
  private static void redirect(
      Context context, AcceptedForm form, Dereferencing.Services services) {
    if (services.urls().isEmpty()) {
      refuse(context, form, NO_SERVICE);
      return;
    }
    context
        .status(services.metadata().deactivated() ? DEACTIVATED : SEE_OTHER)
        .header("Vary", "Accept");
    if (!services.metadata().deactivated()) {
      context.header("Location", services.urls().getFirst().toString());
    }
  }

  private static void send(
      Context context, AcceptedForm form, DidDocumentMetadata metadata, JsonNode body) {
    send(context, metadata.deactivated() ? DEACTIVATED : 200, form, body);
  }

  private static void send(Context context, int status, AcceptedForm form, JsonNode body) {
    context
        .status(status)
        .contentType(form.mediaType())
        .header("Vary", "Accept")
        .result(StrictJson.write(body));
  }

  private static void refuse(Context context, AcceptedForm form, Refused refused) {
    Problem error = ResolutionError.of(refused, Trace.of(context).traceId());
    if (error.retryable()) {
      context.header("Retry-After", ResolutionError.RETRY_AFTER_SECONDS);
    }
    switch (form.kind()) {
      case RESOLUTION_RESULT -> send(context, error.status(), form, ResultJson.resolution(error));
      case DEREFERENCING_RESULT ->
          send(context, error.status(), form, ResultJson.dereferencing(error));
      case CONTENT, URI_LIST -> error.send(context);
    }
  }

  private static void problem(Context context, Refused refused) {
    ResolutionError.of(refused, Trace.of(context).traceId()).send(context);
  }

  private static Refused notAcceptable() {
    return new Refused(
        ErrorType.REPRESENTATION_NOT_SUPPORTED,
        "Accept application/did-resolution or application/did-url-dereferencing for the whole"
            + " result, application/did for the content alone, text/uri-list for where a service"
            + " is");
  }
}
