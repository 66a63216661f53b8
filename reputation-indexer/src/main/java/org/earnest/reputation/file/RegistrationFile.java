package org.earnest.reputation.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  static final int MAX_WORD_CHARS = 100;

  /** Capabilities that an agent is found by. */
  static final int MAX_CAPABILITIES = 512;

  public RegistrationFile {
    services = List.copyOf(services);
    registrations = List.copyOf(registrations);
    supportedTrust = List.copyOf(supportedTrust);
  }

  /**
   * What the agent says that it can do, in lower case: what makes it trusted, {@code x402}, and the
   * names of its services with their tools, prompts, resources, skills and domains. Of more than
   * {@link #MAX_CAPABILITIES} the last are left out.
   */
  public Set<String> capabilities() {
    return Stream.of(
            supportedTrust.stream(),
            x402Support.filter(supported -> supported).map(supported -> "x402").stream(),
            services.stream().flatMap(Service::words))
        .flatMap(Function.identity())
        .map(Capability::of)
        .flatMap(Optional::stream)
        .distinct()
        .limit(MAX_CAPABILITIES)
        .collect(Collectors.toCollection(TreeSet::new));
  }

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
        services(file),
        Members.truth(file, "x402Support").or(() -> Members.truth(file, "x402support")),
        Members.truth(file, "active"),
        Members.entries(file, "registrations").stream()
            .flatMap(entry -> agent(entry).map(AgentId::toString).stream())
            .toList(),
        words(file, "supportedTrust", "supportedTrusts"));
  }

  /** Drafts of the standard called them {@code endpoints}. */
  private static List<Service> services(JsonNode file) {
    return entries(file).stream().flatMap(RegistrationFile::service).toList();
  }

  static List<JsonNode> entries(JsonNode file) {
    return Members.entries(file, file.has("services") ? "services" : "endpoints");
  }

  private static Stream<Service> service(JsonNode entry) {
    return Members.text(entry, "name", MAX_WORD_CHARS)
        .flatMap(
            name ->
                Members.text(entry, "endpoint", MAX_LINK_CHARS)
                    .map(endpoint -> service(entry, name, endpoint)))
        .stream();
  }

  private static Service service(JsonNode entry, String name, String endpoint) {
    return new Service(
        name,
        endpoint,
        Members.text(entry, "version", MAX_WORD_CHARS),
        words(entry, "tools", "mcpTools"),
        words(entry, "prompts", "mcpPrompts"),
        words(entry, "resources", "mcpResources"),
        words(entry, "skills", "a2aSkills"),
        words(entry, "domains"));
  }

  /** The first of these lists that says something: drafts and tools have names of their own. */
  private static List<String> words(JsonNode object, String... members) {
    return Stream.of(members)
        .map(member -> Members.words(object, member, MAX_WORD_CHARS))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Optional<AgentId> agent(JsonNode entry) {
    return Members.text(entry, "agentRegistry", MAX_LINK_CHARS)
        .flatMap(
            registry ->
                Members.digits(entry, "agentId").flatMap(id -> Parsed.agent(registry + ":" + id)));
  }
}
