package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.AgentDid;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import org.earnest.core.chain.Hex;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "bind",
    description = {
      "Sign, as an agent's owner, that the agent goes by a DID.",
      "",
      "Prints the entry for the services of the agent's registration file. Nothing is",
      "sent; the word is good for 180 days, while this account owns the agent and the file",
      "holds it."
    },
    mixinStandardHelpOptions = true)
final class AgentBindCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "ID", description = "eip155:CHAIN:REGISTRY:NUMBER.")
  private String id;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(names = "--did", required = true, paramLabel = "DID", description = "The agent's DID.")
  private String did;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Keystore of the account that owns the agent.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Override
  Map<String, ?> perform(Console console) {
    AgentId agent;
    Did name;
    try {
      agent = AgentId.parse(id);
      name = new Did(did);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(spec.commandLine(), malformed.getMessage(), malformed);
    }
    try (Passphrase typed = passphrase.known()) {
      LocalSigner owner = KeyShowCommand.open(key, typed);
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      String signature =
          Hex.encode(owner.sign(new AgentDid(agent, name, owner.address(), now).message()));
      Map<String, Object> service = new LinkedHashMap<>();
      service.put("name", "DID");
      service.put("endpoint", name.value());
      service.put("ownerSignature", signature);
      service.put("ownerSignedAt", now.toString());
      console.say("Put this among the services of the agent's registration file:");
      console.say(
          "{\"name\": \"DID\", \"endpoint\": \"%s\", \"ownerSignature\": \"%s\", \"ownerSignedAt\": \"%s\"}"
              .formatted(name, signature, now));
      console.say("and this among alsoKnownAs of the DID's document: " + agent);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("owner", owner.address().hex());
      figures.put("service", service);
      figures.put("alsoKnownAs", agent.toString());
      return figures;
    }
  }
}
