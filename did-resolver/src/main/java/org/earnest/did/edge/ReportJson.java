package org.earnest.did.edge;

import org.earnest.did.agent.AgentReport;
import org.earnest.did.agent.LinkFinding;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/** What holds an agent together, as JSON. */
final class ReportJson {
  private ReportJson() {}

  static ObjectNode of(AgentReport report) {
    ObjectNode json = StrictJson.mapper().createObjectNode();
    json.put("agentId", report.agent().toString());
    json.put("proven", report.proven());
    json.putObject("block")
        .put("number", report.block().number())
        .put("hash", report.block().hash().toString());
    json.put("reorganised", report.reorganised());
    report.owner().ifPresent(owner -> json.put("owner", owner.hex()));
    report.wallet().ifPresent(wallet -> json.put("wallet", wallet.hex()));
    report.uri().ifPresent(uri -> json.put("uri", uri));
    report.did().ifPresent(did -> json.put("did", did.value()));
    report.links().forEach(link -> json.withArray("links").add(of(link)));
    return json;
  }

  private static ObjectNode of(LinkFinding finding) {
    ObjectNode json =
        StrictJson.mapper()
            .createObjectNode()
            .put("link", finding.link().code())
            .put("state", finding.state().code())
            .put("reason", finding.reason())
            .put("detail", finding.detail());
    if (!finding.remedy().isEmpty()) {
      json.put("remedy", finding.remedy());
    }
    return json;
  }
}
