package org.earnest.cli.site;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.identity.AgentId;

/**
 * An agent's registration file (ERC-8004, "Agent URI and Agent Registration File").
 *
 * @param services where the agent is reached and what identifies it
 * @param registrations where it is registered, each with its token id
 */
public record RegistrationFile(
    String type,
    String name,
    String description,
    List<Service> services,
    boolean x402Support,
    boolean active,
    List<Registration> registrations,
    List<String> supportedTrust) {
  private static final String TYPE = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";

  public RegistrationFile {
    services = List.copyOf(services);
    registrations = List.copyOf(registrations);
    supportedTrust = List.copyOf(supportedTrust);
  }

  /** An address or an identifier of the agent, {@code DID} or {@code web} for example. */
  public record Service(String name, String endpoint) {}

  /** One entry in one registry. */
  public record Registration(BigInteger agentId, String agentRegistry) {}

  /** A file of an agent that is not registered yet. */
  public static RegistrationFile of(
      String name, String description, List<Service> services, boolean x402Support) {
    return new RegistrationFile(
        TYPE,
        name,
        description,
        services,
        x402Support,
        true,
        List.of(),
        List.of("reputation", "crypto-economic"));
  }

  /** The same file with the agent's registration named, which proves the pair both ways. */
  public RegistrationFile registeredAs(AgentId agent) {
    Registration registration = new Registration(agent.tokenId(), agent.registry().toString());
    return new RegistrationFile(
        type,
        name,
        description,
        services,
        x402Support,
        active,
        List.of(registration),
        supportedTrust);
  }
}
