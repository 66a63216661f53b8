package org.earnest.reputation.graph;

import static org.earnest.reputation.graph.FileMembers.listed;
import static org.earnest.reputation.graph.FileMembers.member;
import static org.earnest.reputation.graph.FileMembers.service;
import static org.earnest.reputation.graph.FileMembers.texts;
import static org.earnest.reputation.graph.Kind.AGENT_ID;
import static org.earnest.reputation.graph.Kind.BOOLEAN;
import static org.earnest.reputation.graph.Kind.BYTES;
import static org.earnest.reputation.graph.Kind.DECIMAL;
import static org.earnest.reputation.graph.Kind.FEEDBACK_ID;
import static org.earnest.reputation.graph.Kind.HASH_ID;
import static org.earnest.reputation.graph.Kind.INTEGER;
import static org.earnest.reputation.graph.Kind.METADATA_ID;
import static org.earnest.reputation.graph.Kind.RESPONSE_ID;
import static org.earnest.reputation.graph.Kind.SMALL;
import static org.earnest.reputation.graph.Kind.STRING;
import static org.earnest.reputation.graph.Kind.TEXTS;
import static org.earnest.reputation.graph.Kind.TIME;
import static org.earnest.reputation.graph.Kind.VALIDATION_STATUS;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.reputation.reading.ClaimedPayments;
import org.earnest.reputation.store.Cards;
import org.earnest.reputation.store.ReputationQueries;

/** What is listed, and where each field stands. */
final class Entities {
  private static final String AGENT_KEY = "$a.agent_id";
  private static final List<String> FEEDBACK_KEY =
      List.of("$a.agent_id", "$a.client", "$a.feedback_index");
  private static final String STANDING =
      " join reputation.feedback_standing $s on $s.chain = $a.chain"
          + " and $s.agent_id = $a.agent_id and $s.tag = ''";
  private static final String ACTIVITY =
      " join reputation.agent_activity $v on $v.chain = $a.chain"
          + " and $v.agent_id = $a.agent_id";
  private static final String CARD =
      " join reputation_file.registration_file $f on " + Cards.ofAgent("$a", "$f");

  /** A part of it would not be JSON. */
  private static final String SERVICES =
      "(select case when length(s.json) <= "
          + ReputationQueries.MAX_TEXT
          + " then s.json end from (select cast($f.document -> 'services' as text)) s (json))";

  /** Who may act for all agents of the owner, as many of them as are told. */
  private static final String OPERATORS =
      "(select coalesce(array_agg(o.operator order by o.operator), cast('{}' as text[]))"
          + " from (select operator from reputation.operator of_owner"
          + " where of_owner.chain = $a.chain and of_owner.owner = $a.owner order by operator limit "
          + Bounds.MAX_OPERATORS
          + ") o)";

  private static final Column ACTIVE = Column.of("lastActivity", TIME, "$v.last_block");
  private static final Column TOLD = Column.of("totalFeedback", INTEGER, "coalesce($s.entries, 0)");

  static final Entity AGENT =
      new Entity(
          "Agent",
          Optional.of("agent"),
          "agents",
          "reputation.agent",
          " left" + STANDING + ACTIVITY + " left" + CARD,
          List.of(AGENT_KEY),
          List.of(
              Column.of("id", AGENT_ID, AGENT_KEY),
              Column.of("agentId", INTEGER, AGENT_KEY),
              Column.of("agentURI", STRING, "nullif($a.uri, '')"),
              Column.of("agentURIType", STRING, uriType("$a.uri")),
              Column.of("owner", BYTES, "$a.owner"),
              Column.of("agentWallet", BYTES, "$a.wallet"),
              // The registry counts ids up as it registers.
              new Column("createdAt", TIME, List.of("$a.registered_block"), List.of(AGENT_KEY)),
              Column.of("updatedAt", TIME, changed("")),
              ACTIVE,
              TOLD,
              Column.of("operators", TEXTS, OPERATORS),
              Column.of(
                  "registrationFile",
                  AGENT_ID,
                  "case when $f.uri_digest is not null then $a.agent_id end")),
          Map.of("registrationFile_", related("AgentRegistrationFile", "agent_id")));

  /** Those with feedback alone, in an order that an index has. */
  private static final Entity TOLD_AGENTS =
      new Entity(
          AGENT.type(),
          AGENT.one(),
          AGENT.many(),
          AGENT.table(),
          STANDING + ACTIVITY + " left" + CARD,
          List.of("$s.agent_id"),
          AGENT.columns().stream()
              .map(
                  column ->
                      column.equals(TOLD) ? Column.of(TOLD.field(), INTEGER, "$s.entries") : column)
              .toList(),
          AGENT.related());

  static final Entity CARDS =
      new Entity(
          "AgentRegistrationFile",
          Optional.of("agentRegistrationFile"),
          "agentRegistrationFiles",
          "reputation.agent",
          CARD,
          List.of(AGENT_KEY),
          List.of(
              Column.of("id", AGENT_ID, AGENT_KEY),
              Column.of("agentId", AGENT_ID, AGENT_KEY),
              Column.of("contentHash", BYTES, "$f.content_hash"),
              Column.of("name", STRING, "left(" + member("name") + ", " + Bounds.MAX_NAME + ")"),
              Column.of("description", STRING, member("description")),
              Column.of("image", STRING, member("image")),
              Column.of("active", BOOLEAN, "cast(" + member("active") + " as boolean)"),
              Column.of("x402Support", BOOLEAN, "cast(" + member("x402Support") + " as boolean)"),
              Column.of("supportedTrusts", TEXTS, texts("$f.document -> 'supportedTrust'")),
              Column.of("mcpEndpoint", STRING, service("mcp", "endpoint")),
              Column.of("mcpVersion", STRING, service("mcp", "version")),
              Column.of("mcpTools", TEXTS, listed("mcp", "tools")),
              Column.of("mcpPrompts", TEXTS, listed("mcp", "prompts")),
              Column.of("mcpResources", TEXTS, listed("mcp", "resources")),
              Column.of("a2aEndpoint", STRING, service("a2a", "endpoint")),
              Column.of("a2aVersion", STRING, service("a2a", "version")),
              Column.of("a2aSkills", TEXTS, listed("a2a", "skills")),
              Column.of("webEndpoint", STRING, service("web", "endpoint")),
              Column.of("oasfEndpoint", STRING, service("oasf", "endpoint")),
              Column.of("oasfVersion", STRING, service("oasf", "version")),
              Column.of("oasfSkills", TEXTS, listed("oasf", "skills")),
              Column.of("oasfDomains", TEXTS, listed("oasf", "domains")),
              Column.of(
                  "hasOASF",
                  BOOLEAN,
                  "(cardinality("
                      + listed("oasf", "skills")
                      + ") + cardinality("
                      + listed("oasf", "domains")
                      + ") > 0)"),
              Column.of("emailEndpoint", STRING, service("email", "endpoint")),
              Column.of("ens", STRING, service("ens", "endpoint")),
              Column.of("did", STRING, service("did", "endpoint")),
              Column.of("endpointsRawJson", STRING, SERVICES),
              Column.of("createdAt", TIME, changed(" and c.uri = $a.uri")),
              Column.of("agent", AGENT_ID, AGENT_KEY)),
          Map.of("agent_", related("Agent", "agent_id")));

  static final Entity FEEDBACK =
      new Entity(
          "Feedback",
          Optional.of("feedback"),
          "feedbacks",
          "reputation.feedback",
          " left join reputation.feedback_revocation $r"
              + " on $r.chain = $a.chain and $r.agent_id = $a.agent_id and $r.client = $a.client"
              + " and $r.feedback_index = $a.feedback_index",
          FEEDBACK_KEY,
          List.of(
              new Column("id", FEEDBACK_ID, FEEDBACK_KEY, FEEDBACK_KEY),
              Column.of("agent", AGENT_ID, AGENT_KEY),
              Column.of("clientAddress", BYTES, "$a.client"),
              Column.of("feedbackIndex", INTEGER, "$a.feedback_index"),
              Column.of(
                  "value", DECIMAL, "$a.value * power(cast(10 as numeric), -$a.value_decimals)"),
              Column.of("tag1", STRING, "nullif($a.tag1, '')"),
              Column.of("tag2", STRING, "nullif($a.tag2, '')"),
              Column.of("endpoint", STRING, "nullif($a.endpoint, '')"),
              Column.of("feedbackURI", STRING, "nullif($a.feedback_uri, '')"),
              Column.of("feedbackURIType", STRING, uriType("$a.feedback_uri")),
              Column.of("feedbackHash", BYTES, hash("$a.feedback_hash")),
              Column.of("isRevoked", BOOLEAN, "($r.feedback_index is not null)"),
              block("createdAt", "$a"),
              Column.of("revokedAt", TIME, "$r.block_number")),
          Map.of("agent_", related("Agent", "agent_id")));

  static final Entity NOTE =
      new Entity(
          "FeedbackFile",
          Optional.of("feedbackFile"),
          "feedbackFiles",
          "reputation.feedback",
          " join reputation_file.feedback_file $n on $n.chain = $a.chain"
              + " and $n.block_hash = $a.block_hash and $n.log_index = $a.log_index",
          FEEDBACK_KEY,
          List.of(
              new Column("id", FEEDBACK_ID, FEEDBACK_KEY, FEEDBACK_KEY),
              new Column("feedbackId", FEEDBACK_ID, FEEDBACK_KEY, List.of()),
              Column.of("state", STRING, "$n.state"),
              Column.of("contentHash", BYTES, "$n.content_hash"),
              Column.of("proofOfPaymentState", STRING, ClaimedPayments.state("$n")),
              Column.of("proofOfPaymentTxHash", BYTES, paid("payment_transaction")),
              Column.of("proofOfPaymentToken", BYTES, paid("payment_token")),
              Column.of("proofOfPaymentAmount", INTEGER, paid("payment_amount"))),
          Map.of("feedback_", related("Feedback", "agent_id", "client", "feedback_index")));

  static final Entity RESPONSE =
      new Entity(
          "FeedbackResponse",
          Optional.empty(),
          "feedbackResponses",
          "reputation.feedback_response",
          "",
          List.of("$a.block_number", "$a.log_index"),
          List.of(
              new Column(
                  "id",
                  RESPONSE_ID,
                  List.of(
                      "$a.agent_id",
                      "$a.client",
                      "$a.feedback_index",
                      "$a.transaction",
                      "$a.log_index"),
                  List.of("$a.block_number", "$a.log_index")),
              new Column("feedback", FEEDBACK_ID, FEEDBACK_KEY, List.of()),
              Column.of("responder", BYTES, "$a.responder"),
              Column.of("responseUri", STRING, "nullif($a.response_uri, '')"),
              Column.of("responseHash", BYTES, hash("$a.response_hash")),
              block("createdAt", "$a")),
          Map.of("feedback_", related("Feedback", "agent_id", "client", "feedback_index")));

  static final Entity STATS =
      new Entity(
          "AgentStats",
          Optional.of("agentStats"),
          "agentStats_collection",
          "reputation.agent",
          STANDING + ACTIVITY,
          List.of(AGENT_KEY),
          List.of(
              Column.of("id", AGENT_ID, AGENT_KEY),
              Column.of("agent", AGENT_ID, AGENT_KEY),
              Column.of("totalFeedback", INTEGER, "$s.entries"),
              new Column(
                  "averageFeedbackValue",
                  DECIMAL,
                  List.of("$s.average * power(cast(10 as numeric), -18)"),
                  List.of("$s.average")),
              ACTIVE),
          Map.of("agent_", related("Agent", "agent_id")));

  private static final String SHOWN_KEY = "left($a.key, " + ReputationQueries.MAX_TEXT + ")";

  static final Entity METADATA =
      new Entity(
          "AgentMetadata",
          Optional.empty(),
          "agentMetadatas",
          "reputation.agent_metadata",
          "",
          List.of("$a.agent_id", "$a.key_digest"),
          List.of(
              new Column("id", METADATA_ID, List.of(AGENT_KEY, SHOWN_KEY), List.of()),
              Column.of("agent", AGENT_ID, AGENT_KEY),
              Column.of("key", STRING, "$a.key"),
              // A part of it would be another value.
              Column.of(
                  "value",
                  BYTES,
                  "case when length($a.value) <= "
                      + ReputationQueries.MAX_TEXT
                      + " then $a.value end"),
              block("updatedAt", "$a")),
          Map.of("agent_", related("Agent", "agent_id")));

  /** With the answer that was given last. */
  static final Entity VALIDATION =
      new Entity(
          "Validation",
          Optional.of("validation"),
          "validations",
          "reputation.validation_request",
          " left join lateral (select l.* from reputation.validation_response l"
              + " where l.chain = $a.chain and l.request_hash = $a.request_hash"
              + " and l.validator = $a.validator"
              + " order by l.block_number desc, l.log_index desc limit 1) $l on true",
          List.of("$a.request_hash"),
          List.of(
              Column.of("id", HASH_ID, "$a.request_hash"),
              Column.of("agent", AGENT_ID, AGENT_KEY),
              Column.of("validatorAddress", BYTES, "$a.validator"),
              Column.of("requestUri", STRING, "nullif($a.request_uri, '')"),
              Column.of("requestHash", BYTES, "$a.request_hash"),
              Column.of("response", SMALL, "$l.response"),
              Column.of("responseUri", STRING, "nullif($l.response_uri, '')"),
              Column.of("responseHash", BYTES, hash("$l.response_hash")),
              Column.of("tag", STRING, "nullif($l.tag, '')"),
              Column.of(
                  "status",
                  VALIDATION_STATUS,
                  "case when $l.response is null then 'PENDING' else 'COMPLETED' end"),
              block("createdAt", "$a"),
              Column.of("updatedAt", TIME, "coalesce($l.block_number, $a.block_number)")),
          Map.of("agent_", related("Agent", "agent_id")));

  static final List<Entity> ALL =
      List.of(AGENT, CARDS, FEEDBACK, NOTE, RESPONSE, STATS, METADATA, VALIDATION);

  private Entities() {}

  /**
   * Agents with feedback, where these come first in a listing: a page that is full of them is the
   * listing's.
   */
  static Optional<Listing> foremost(Listing listing) {
    boolean mostFeedback =
        listing.entity().equals(AGENT)
            && listing.descending()
            && listing.order().filter(TOLD::equals).isPresent();
    return mostFeedback ? Optional.of(listing.of(TOLD_AGENTS)) : Optional.empty();
  }

  /**
   * The agents under words of {@code reputation_file.agent_word}, or their files, by their numbers.
   * The first word leads there; of each agent it is asked whether it is under the others.
   *
   * @param entity agents or their files
   * @param leads the rarest first
   */
  static Entity under(Entity entity, List<Lead> leads, Binds binds) {
    String leading =
        " join reputation_file.agent_word $w on $w.chain = $a.chain"
            + " and $w.agent_id = $a.agent_id and $w.word = "
            + binds.add(leads.getFirst().word());
    String others =
        leads.stream()
            .skip(1)
            .map(lead -> other(lead, binds.add(lead.word())))
            .collect(Collectors.joining());
    return new Entity(
        entity.type(),
        entity.one(),
        entity.many(),
        entity.table(),
        leading + others + entity.joins(),
        entity.key(),
        entity.columns(),
        entity.related());
  }

  /** Neither is made a join, whose order would be the planner's. */
  private static String other(Lead lead, String word) {
    String under =
        " from reputation_file.agent_word $o where $o.chain = :chain and $o.word = " + word;
    return lead.isSparse()
        ? " and ($w.agent_id in (select $o.agent_id" + under + ")) is true"
        : " and (select true" + under + " and $o.agent_id = $w.agent_id limit 1)";
  }

  static Entity named(String type) {
    return ALL.stream().filter(it -> it.type().equals(type)).findFirst().orElseThrow();
  }

  private static Entity.Related related(String type, String... on) {
    return new Entity.Related(type, List.of(on));
  }

  private static Column block(String field, String alias) {
    return new Column(
        field,
        TIME,
        List.of(alias + ".block_number"),
        List.of(alias + ".block_number", alias + ".log_index"));
  }

  /** Of the last change of an agent. */
  private static String changed(String which) {
    return "(select max(c.block_number) from reputation.agent_change c"
        + " where c.chain = $a.chain and c.agent_id = $a.agent_id"
        + which
        + ")";
  }

  private static String uriType(String uri) {
    return "case when "
        + uri
        + " = '' then null when "
        + uri
        + " ~* '^ipfs:' then 'ipfs' when "
        + uri
        + " ~* '^https:' then 'https' when "
        + uri
        + " ~* '^http:' then 'http' when "
        + uri
        + " ~* '^data:' then 'data' when "
        + uri
        + " ~* '^ar:' then 'arweave' else 'unknown' end";
  }

  private static String paid(String column) {
    return "case when " + ClaimedPayments.state("$n") + " = 'verified' then $n." + column + " end";
  }

  private static String hash(String column) {
    return "nullif(" + column + ", '0x" + "0".repeat(64) + "')";
  }
}
