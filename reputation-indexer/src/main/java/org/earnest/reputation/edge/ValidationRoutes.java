package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.store.CredentialCriteria;
import org.earnest.reputation.store.LogPosition;
import org.earnest.reputation.store.Read;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.Validation;
import org.earnest.reputation.store.ValidationFilter;
import org.earnest.reputation.store.ValidationListing;

/** What agents asked validators, and what these answered. */
final class ValidationRoutes {
  private static final int POSITION_MEMBERS = 2;

  private final ReputationQueries queries;
  private final FollowedContracts contracts;
  private final Stamps stamps;

  ValidationRoutes(ReputationQueries queries, FollowedContracts contracts, Stamps stamps) {
    this.queries = queries;
    this.contracts = contracts;
    this.stamps = stamps;
  }

  /** An answer; uri and tag are a stranger's texts. */
  record ResponseView(
      int value,
      String tag,
      String uri,
      String hash,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex,
      Optional<Long> time) {}

  /**
   * A request.
   *
   * @param response what was answered last; left out where nothing was
   */
  record ValidationView(
      String requestHash,
      String validator,
      String uri,
      Optional<ResponseView> response,
      String transaction,
      long blockNumber,
      String blockHash,
      int logIndex,
      Optional<Long> time) {}

  record ValidationPage(List<ValidationView> validations, Optional<String> next, Answers.At at) {}

  void addTo(Routes routes) {
    routes.get("/agents/{agentId}/validations", this::validations);
  }

  /** Ends the request where nothing is known of validations. */
  void require() {
    if (contracts.validationRegistry().isEmpty()) {
      throw Problem.of(
              400,
              "validations_not_followed",
              "No validations here",
              "No validation registry is followed here, so that nothing is known of validations.")
          .asException();
    }
  }

  private void validations(Context context) {
    require();
    AgentId id = AgentParameter.parse(context.pathParam("agentId"), contracts.registry());
    Query query = Query.of(context, "validator", "tag", "answered", "limit", "cursor");
    int limit = query.limit();
    ValidationFilter filter =
        new ValidationFilter(
            query.optional("validator", EvmAddress::new),
            query.optional("tag", ValidationRoutes::tag),
            query.optional("answered", Words::flag));
    String listing = "validations " + id + " " + filter;
    Optional<Cursor> cursor = Cursor.of(query, contracts.chain(), listing, POSITION_MEMBERS);
    LogPosition after =
        EntryParameters.after(
                cursor,
                parts ->
                    new LogPosition(
                        Long.parseLong(parts.getFirst()), Integer.parseInt(parts.getLast())))
            .orElse(LogPosition.START);
    Read.Found<ValidationListing> page =
        Stamps.found(
            queries.validations(cursor.map(Cursor::at), id.tokenId(), filter, after, limit));
    context.json(
        new ValidationPage(
            page.value().entries().stream().map(ValidationRoutes::view).toList(),
            page.value()
                .next()
                .map(
                    last ->
                        new Cursor(
                                page.at(),
                                List.of(
                                    Long.toString(last.block()), Integer.toString(last.logIndex())))
                            .write(listing)),
            stamps.at(page.at())));
  }

  private static String tag(String text) {
    if (text.length() > CredentialCriteria.MAX_TAG) {
      throw new IllegalArgumentException(
          "at most " + CredentialCriteria.MAX_TAG + " characters expected");
    }
    return text;
  }

  private static ValidationView view(Validation of) {
    LogRef log = of.log();
    return new ValidationView(
        of.request().hex(),
        of.validator().hex(),
        of.uri(),
        of.response().map(ValidationRoutes::view),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex(),
        Answers.time(of.time()));
  }

  private static ResponseView view(Validation.Response of) {
    LogRef log = of.log();
    return new ResponseView(
        of.value(),
        of.tag(),
        of.uri(),
        of.hash().hex(),
        log.transaction().hex(),
        log.block().number(),
        log.block().hash().hex(),
        log.logIndex(),
        Answers.time(of.time()));
  }
}
