package org.earnest.reputation.file;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address or an identifier of the agent, {@code A2A}, {@code DID} or {@code web}, and what it
 * offers there as far as the file lists it.
 *
 * @param tools of MCP, as are {@code prompts} and {@code resources}
 * @param skills of A2A or OASF
 * @param domains of OASF
 */
public record Service(
    String name,
    String endpoint,
    Optional<String> version,
    List<String> tools,
    List<String> prompts,
    List<String> resources,
    List<String> skills,
    List<String> domains) {
  public Service {
    tools = List.copyOf(tools);
    prompts = List.copyOf(prompts);
    resources = List.copyOf(resources);
    skills = List.copyOf(skills);
    domains = List.copyOf(domains);
  }

  /** Whether it is of this kind, whatever the case of its name. */
  public boolean is(String kind) {
    return name.equalsIgnoreCase(kind);
  }

  /** Its name and all that it lists. */
  Stream<String> words() {
    return Stream.of(List.of(name), tools, prompts, resources, skills, domains)
        .flatMap(List::stream);
  }
}
