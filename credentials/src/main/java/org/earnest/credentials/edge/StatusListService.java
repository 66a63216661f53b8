package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.edge.StatusLists.Served;
import org.earnest.credentials.store.StatusListStore;
import org.earnest.credentials.store.StoredList.Published;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.kit.submission.OperatorToken;

/** Serves an issuer's status lists, and changes what they say. */
public final class StatusListService implements HttpService {
  static final String PATH = "/status-lists/";

  /** Less than a verifier may keep a list, so that a change is seen in time. */
  static final Duration KEPT_FOR = Duration.ofMinutes(1);

  private static final String CACHE = "public, max-age=" + KEPT_FOR.toSeconds();

  private final StatusLists lists;
  private final StatusListStore store;
  private final OperatorToken operator;

  /**
   * Serves these to all.
   *
   * @param operator who alone may change them
   */
  public StatusListService(StatusLists lists, OperatorToken operator) {
    this.lists = lists;
    this.operator = operator;
    this.store = lists.store();
  }

  @Override
  public String name() {
    return "status-lists";
  }

  @Override
  public String openApiResource() {
    return "status-openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get(PATH + "{id}", this::serve);
    routes.post("/credentials/status", this::change);
  }

  private void serve(Context context) {
    Optional<Served> served = StatusLists.parse(context.pathParam("id")).flatMap(this::served);
    if (served.isEmpty()) {
      Problem.notFound("status_list_not_found", "No status list has this id.").send(context);
      return;
    }
    Published published = served.get().published();
    String tag = "\"" + published.version() + "-" + published.signedAt().getEpochSecond() + "\"";
    context.header("Cache-Control", CACHE).header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(served.get().mediaType()).result(published.document());
    }
  }

  private Optional<Served> served(UUID id) {
    try {
      return lists.served(id);
    } catch (SignerUnavailableException unavailable) {
      throw Problem.of(
              503,
              "signer_unavailable",
              "The issuer's key is not available",
              "The list cannot be signed now; try again later.")
          .retry()
          .asException();
    }
  }

  private void change(Context context) {
    operator.require(context);
    StatusRequest request = StatusRequest.read(context.bodyAsBytes());
    switch (store.change(request.slots(lists), request.wish())) {
      case DONE -> context.status(200).contentType("application/json").result("{}");
      case UNKNOWN ->
          Problem.notFound(
                  "status_not_found",
                  "No credential of this issuer has this place, under this id and for this"
                      + " purpose.")
              .send(context);
      case IRREVERSIBLE ->
          Problem.of(
                  409,
                  "revocation_is_final",
                  "A revocation is for good",
                  "Issue a new credential; what shall come back is suspended, not revoked.")
              .send(context);
      case OUT_OF_RANGE ->
          Problem.invalidRequest("status is a value that the list has no room for").send(context);
    }
  }
}
