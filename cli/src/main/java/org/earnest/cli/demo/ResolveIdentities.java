package org.earnest.cli.demo;

import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.identity.Did;
import org.earnest.devnet.DevAccount.Role;
import tools.jackson.databind.JsonNode;

/** Makes an issuer, a buyer and a seller, and resolves each identifier over HTTP. */
final class ResolveIdentities {
  private final Stage stage;

  ResolveIdentities(Stage stage) {
    this.stage = stage;
  }

  Identities run() {
    Caip2ChainId chain = stage.host().chain().chainId();
    Identities who =
        new Identities(
            stage.host().issuer(),
            Party.of(stage.host().chain().account(Role.BUYER), chain),
            Party.of(stage.host().chain().account(Role.SELLER), chain));
    resolve("issuer", who.issuer());
    for (Party party : List.of(who.buyer(), who.seller())) {
      resolve(party.name(), party.pkh());
      resolve(party.name(), party.ethr());
    }
    return who;
  }

  private void resolve(String name, Did did) {
    JsonNode document =
        stage
            .client()
            .get("/1.0/identifiers/" + did)
            .require("resolving " + did)
            .path("didDocument");
    stage.report().say(name, did);
    stage
        .report()
        .check(
            name + "'s did:" + did.method() + " resolves", did, document.path("id").asString(""));
  }
}
