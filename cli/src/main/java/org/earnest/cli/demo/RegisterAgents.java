package org.earnest.cli.demo;

import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.site.RegistrationFile;
import org.earnest.cli.site.RegistrationFiles;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.identity.AgentId;
import tools.jackson.databind.JsonNode;

/** Registers buyer and seller under ERC-8004, each with a file that names its DID and services. */
final class RegisterAgents {
  private final Stage stage;
  private final Identities who;
  private final EvmAddress registry;

  RegisterAgents(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.registry = stage.host().contracts().identityRegistry();
  }

  Agents run() {
    return new Agents(
        register(who.buyer(), "Buys translations", false),
        register(who.seller(), "Translates from German to English", true));
  }

  private AgentId register(Party party, String description, boolean sells) {
    URI uri = stage.host().uri().resolve(RegistrationFiles.path(party.name()));
    RegistrationFile file =
        RegistrationFile.of(party.name(), description, services(party, sells), sells);
    stage.host().registrationFiles().publish(party.name(), file);
    TransactionReceipt receipt =
        new Transactions(stage)
            .send(
                "register " + party.name(),
                "demo:register:" + party.name(),
                party.signer(),
                new IdentityRegistryCalls(registry).register(uri.toString()));
    IdentityEvent.Registered registered =
        Transactions.event(receipt, IdentityEvent.Registered.class);
    AgentId agent =
        new AgentId(
            new Caip10AccountId(stage.host().chain().chainId(), registry), registered.agentId());
    stage.host().registrationFiles().publish(party.name(), file.registeredAs(agent));
    prove(party, agent, uri);
    return agent;
  }

  private List<RegistrationFile.Service> services(Party party, boolean sells) {
    RegistrationFile.Service did = new RegistrationFile.Service("DID", party.pkh().value());
    if (!sells) {
      return List.of(did);
    }
    URI quote = stage.host().uri().resolve("/demo/quote");
    return List.of(did, new RegistrationFile.Service("web", quote.toString()));
  }

  private void prove(Party party, AgentId agent, URI uri) {
    RunReport report = stage.report();
    report.say(party.name(), agent);
    IdentityRegistryReads reads = new IdentityRegistryReads(stage.host().reader(), registry);
    report.check(
        party.name() + " owns its agent",
        party.address(),
        reads.owner(agent.tokenId(), BlockTag.Named.LATEST).map(EvmAddress::hex).orElse("nobody"));
    report.check(
        party.name() + "'s file is where the registry says",
        uri,
        reads.agentUri(agent.tokenId(), BlockTag.Named.LATEST).orElse("nowhere"));
    JsonNode file = stage.client().get(uri.getPath()).require("the registration file");
    report.check(party.name() + "'s file names its DID", party.pkh(), didIn(file));
    report.check(
        party.name() + "'s file names its agent",
        agent.tokenId(),
        file.at("/registrations/0/agentId").asString(""));
  }

  private static String didIn(JsonNode file) {
    return StreamSupport.stream(file.path("services").spliterator(), false)
        .filter(service -> service.path("name").asString("").equals("DID"))
        .map(service -> service.path("endpoint").asString(""))
        .findFirst()
        .orElse("none");
  }
}
