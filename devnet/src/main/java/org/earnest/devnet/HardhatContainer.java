package org.earnest.devnet;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.earnest.kit.process.StartupException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Hardhat 3 in a container, for machines whose Node is too old for it. The image is built once,
 * from the Dockerfile and the lock file beside this class.
 */
public final class HardhatContainer extends RpcDevChain {
  private static final String IMAGE = "earnest/hardhat-node:3.18.0";
  private static final List<String> FILES =
      List.of("Dockerfile", "package.json", "package-lock.json", "hardhat.config.js");
  private static final int PORT = 8545;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

  /** The image's build included. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  private final GenericContainer<?> container;

  private HardhatContainer(URI url, GenericContainer<?> container) {
    super("hardhat container", url);
    this.container = container;
  }

  /** Why there can be no container here; empty when a Docker engine answers. */
  public static Optional<String> whyNot() {
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("no Docker engine answers");
  }

  /**
   * Builds the image if need be, starts it and waits until it answers.
   *
   * @throws StartupException {@code docker_unavailable} or {@code container_failed}
   */
  public static HardhatContainer start() {
    whyNot()
        .ifPresent(
            reason -> {
              throw new StartupException(
                  "docker_unavailable",
                  reason,
                  "Start a Docker engine that this user may use, or take anvil.");
            });
    DockerClientFactory docker = DockerClientFactory.instance();
    ContainerOwner.removeLeftovers(docker.client());
    GenericContainer<?> container = container(LOCAL.contains(docker.dockerHostIpAddress()));
    try {
      container.start();
      HardhatContainer chain = new HardhatContainer(url(container), container);
      chain.setCode(Create2.PROXY, Create2.PROXY_CODE);
      return chain;
    } catch (ContainerLaunchException | ContainerFetchException failure) {
      container.stop();
      throw new StartupException(
          "container_failed",
          "Hardhat did not come up in its container: " + failure.getMessage(),
          "See 'docker logs', and whether the engine can reach the npm registry.",
          failure);
    } catch (RuntimeException failure) {
      container.stop();
      throw failure;
    }
  }

  /** Its log tells: a published port takes connections before anybody listens behind it. */
  private static GenericContainer<?> container(boolean local) {
    ImageFromDockerfile image = new ImageFromDockerfile(IMAGE, false);
    for (String file : FILES) {
      image.withFileFromClasspath(file, "org/earnest/devnet/hardhat/" + file);
    }
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withExposedPorts(PORT)
            .withLabels(ContainerOwner.self().label())
            .withStartupTimeout(START_PATIENCE)
            .waitingFor(
                Wait.forLogMessage(".*Started HTTP.*", 1).withStartupTimeout(START_PATIENCE));
    return local ? container.withCreateContainerCmdModifier(HardhatContainer::loopback) : container;
  }

  /** An engine publishes on all interfaces unless told otherwise. */
  private static void loopback(CreateContainerCmd command) {
    Objects.requireNonNull(command.getHostConfig(), "Testcontainers sets it before")
        .withPortBindings(
            new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(PORT)));
  }

  private static URI url(GenericContainer<?> container) {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
  }

  @Override
  public void close() {
    container.stop();
  }
}
