package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class HardhatContainerIT extends DevChainContract {
  private Optional<String> reasonToSkip = Optional.empty();
  private @Nullable HardhatContainer chain;

  @BeforeAll
  void start() {
    reasonToSkip = HardhatContainer.whyNot();
    if (reasonToSkip.isEmpty()) {
      chain = HardhatContainer.start();
    }
  }

  @AfterAll
  void stop() {
    if (chain != null) {
      chain.close();
    }
  }

  @Override
  protected DevChain chain() {
    // In each test and not once for the class: only tests are counted as skipped.
    reasonToSkip.ifPresent(reason -> Assumptions.abort("needs a container: " + reason));
    return Objects.requireNonNull(chain, "not started");
  }

  @Override
  protected boolean reorganises() {
    return false;
  }

  @Test
  void listensToThisMachineOnly() {
    assertThat(chain().rpcUrl().getHost()).isIn("localhost", "127.0.0.1");
    DockerClient docker = DockerClientFactory.instance().client();
    assertThat(docker.listContainersCmd().withLabelFilter(ContainerOwner.self().label()).exec())
        .flatExtracting(container -> List.of(container.getPorts()))
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port.getIp()).isEqualTo("127.0.0.1"));
  }

  @Test
  void aContainerWhoseOwnerIsGoneIsRemoved() {
    chain();
    DockerClient docker = DockerClientFactory.instance().client();
    ContainerOwner self = ContainerOwner.self();
    ContainerOwner dead = new ContainerOwner(self.host(), self.pid(), self.started() + 1);
    String leftover =
        docker
            .createContainerCmd("earnest/hardhat-node:3.18.0")
            .withLabels(dead.label())
            .exec()
            .getId();
    ContainerOwner.removeLeftovers(docker);
    assertThat(docker.listContainersCmd().withShowAll(true).exec())
        .extracting(Container::getId)
        .doesNotContain(leftover);
    assertThat(docker.listContainersCmd().withLabelFilter(self.label()).exec()).isNotEmpty();
  }
}
