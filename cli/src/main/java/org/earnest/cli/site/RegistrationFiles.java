package org.earnest.cli.site;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registration files that the host serves, by the agent's short name. */
public final class RegistrationFiles {
  private final Map<String, RegistrationFile> files = new ConcurrentHashMap<>();

  /** Publishes or replaces an agent's file. */
  public void publish(String agent, RegistrationFile file) {
    files.put(agent, file);
  }

  Optional<RegistrationFile> find(String agent) {
    return Optional.ofNullable(files.get(agent));
  }

  /** Where an agent's file is served, below the host's address. */
  public static String path(String agent) {
    return "/demo/agents/" + agent + ".json";
  }
}
