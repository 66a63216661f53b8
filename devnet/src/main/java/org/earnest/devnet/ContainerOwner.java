package org.earnest.devnet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that a container belongs to, written on its label: a killed process cannot remove its
 * containers, so the next one does.
 *
 * @param host where it runs; an engine may serve several
 * @param pid its number there
 * @param started tells it from a later process with that number; milliseconds since 1970, 0 where
 *     the system does not say
 */
record ContainerOwner(String host, long pid, long started) {
  static final String LABEL = "org.earnest.devnet.owner";

  private static final Pattern FORM = Pattern.compile("(.*) ([0-9]{1,18}) ([0-9]{1,18})");

  static ContainerOwner self() {
    ProcessHandle process = ProcessHandle.current();
    return new ContainerOwner(thisHost(), process.pid(), started(process));
  }

  static Optional<ContainerOwner> parse(String label) {
    Matcher matcher = FORM.matcher(label);
    return matcher.matches()
        ? Optional.of(
            new ContainerOwner(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }

  /** Whether it ran on this host and runs no more. */
  boolean gone() {
    return host.equals(thisHost())
        && ProcessHandle.of(pid).filter(process -> started(process) == started).isEmpty();
  }

  /** Removes the containers of owners that are gone. */
  static void removeLeftovers(DockerClient docker) {
    List<Container> labelled =
        docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec();
    for (Container container : labelled) {
      String label = container.getLabels().getOrDefault(LABEL, "");
      if (parse(label).filter(ContainerOwner::gone).isPresent()) {
        remove(docker, container.getId());
      }
    }
  }

  private static void remove(DockerClient docker, String id) {
    try {
      docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException removedMeanwhile) {
      return;
    }
  }

  Map<String, String> label() {
    return Map.of(LABEL, host + " " + pid + " " + started);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
