package org.earnest.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.client.Answer;
import org.earnest.cli.report.RunReport;
import org.earnest.core.identity.AgentId;
import org.earnest.credentials.agent.AgentCapability;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives the seller a credential; the buyer verifies it, and a forged one. */
final class IssueCredential {
  private static final Duration VALIDITY = Duration.ofDays(30);
  private static final String CAPABILITY = "translation/de-en";

  /** One byte away. */
  private static final String FORGED_CAPABILITY = "translation/de-er";

  private final Stage stage;
  private final Identities who;
  private final AgentId seller;

  IssueCredential(Stage stage, Identities who, Agents agents) {
    this.stage = stage;
    this.who = who;
    this.seller = agents.seller();
  }

  /** The seller's credential. */
  JsonNode run() {
    JsonNode credential = issue();
    RunReport report = stage.report();
    report.say("issuer", credential.path("issuer").asString(""));
    report.say("subject", credential.at("/credentialSubject/id").asString(""));
    report.say("capability", CAPABILITY);
    report.say("proof", credential.at("/proof/cryptosuite").asString(""));
    report.check("the issuer is ours", who.issuer(), credential.path("issuer").asString(""));

    Answer genuine = verify(credential);
    report.check("the buyer verifies the credential", 200, genuine.status());
    report.check("and finds it good", true, genuine.body().path("verified").asBoolean(false));

    ObjectNode forged = (ObjectNode) credential.deepCopy();
    ((ObjectNode) forged.path("credentialSubject")).putArray("capability").add(FORGED_CAPABILITY);
    Answer refused = verify(forged);
    report.check("one byte changed is refused", 400, refused.status());
    report.check("as not verified", false, refused.body().path("verified").asBoolean(true));
    report.check("because of its signature", "proof_invalid", refused.code());
    return credential;
  }

  private JsonNode issue() {
    Instant now = Instant.now();
    ObjectNode unsigned =
        new AgentCapability(who.seller().pkh(), Optional.of(seller), List.of(CAPABILITY))
            .credential(now, now.plus(VALIDITY));
    return stage
        .client()
        .post(
            "/credentials/issue",
            Map.of("credential", unsigned),
            Map.of("Idempotency-Key", "demo-credential"))
        .require("issuing")
        .path("verifiableCredential");
  }

  private Answer verify(JsonNode credential) {
    return stage.client().post("/credentials/verify", Map.of("verifiableCredential", credential));
  }
}
