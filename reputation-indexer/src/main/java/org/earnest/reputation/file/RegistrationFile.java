package org.earnest.reputation.file;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/**
 * What an agent says of itself (ERC-8004, "Agent URI and Agent Registration File").
 *
 * @param services where the agent is reached and what identifies it
 * @param registrations whole agent ids that the file claims, {@code eip155:1:0xregistry:7}
 */
public record RegistrationFile(
    String name,
    Optional<String> description,
    Optional<String> image,
    List<Service> services,
    Optional<Boolean> x402Support,
    Optional<Boolean> active,
    List<String> registrations,
    List<String> supportedTrust) {
  public static final int MAX_NAME_CHARS = 200;
  public static final int MAX_TEXT_CHARS = 4000;
  public static final int MAX_LINK_CHARS = 2048;
  private static final int MAX_WORD_CHARS = 100;

  public RegistrationFile {
    services = List.copyOf(services);
    registrations = List.copyOf(registrations);
    supportedTrust = List.copyOf(supportedTrust);
  }

  /** An address or an identifier of the agent, {@code A2A}, {@code DID} or {@code web}. */
  public record Service(String name, String endpoint, Optional<String> version) {}

  /** Whether the file names this agent, as the agent's URI names the file. */
  public boolean names(AgentId agent) {
    return registrations.contains(agent.toString());
  }

  /**
   * Reads one.
   *
   * @throws JsonRefusedException where it is not JSON
   * @throws IllegalArgumentException where it is no registration file; the message may be shown
   */
  public static RegistrationFile parse(Content content) {
    JsonNode file = StrictJson.readTree(content.bytes());
    if (!file.isObject()) {
      throw new IllegalArgumentException("a registration file is a JSON object");
    }
    String name =
        Members.text(file, "name", MAX_NAME_CHARS)
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> new IllegalArgumentException("the member name is missing"));
    return new RegistrationFile(
        name,
        Members.text(file, "description", MAX_TEXT_CHARS),
        Members.text(file, "image", MAX_LINK_CHARS),
        Members.entries(file, "services").stream().flatMap(RegistrationFile::service).toList(),
        Members.truth(file, "x402Support"),
        Members.truth(file, "active"),
        Members.entries(file, "registrations").stream()
            .flatMap(entry -> agent(entry).map(AgentId::toString).stream())
            .toList(),
        Members.entries(file, "supportedTrust").stream()
            .filter(JsonNode::isString)
            .map(word -> Members.storable(word.stringValue(), MAX_WORD_CHARS))
            .toList());
  }

  private static Stream<Service> service(JsonNode entry) {
    return Members.text(entry, "name", MAX_WORD_CHARS)
        .flatMap(
            name ->
                Members.text(entry, "endpoint", MAX_LINK_CHARS)
                    .map(
                        endpoint ->
                            new Service(
                                name, endpoint, Members.text(entry, "version", MAX_WORD_CHARS))))
        .stream();
  }

  private static Optional<AgentId> agent(JsonNode entry) {
    return Members.text(entry, "agentRegistry", MAX_LINK_CHARS)
        .flatMap(
            registry ->
                Members.digits(entry, "agentId").flatMap(id -> Parsed.agent(registry + ":" + id)));
  }
}
