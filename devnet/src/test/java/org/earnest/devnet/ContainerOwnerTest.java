package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerOwnerTest {
  private final ContainerOwner self = ContainerOwner.self();

  @Test
  void aLabelReadsBack() {
    assertThat(ContainerOwner.parse(self.label().getOrDefault(ContainerOwner.LABEL, "")))
        .contains(self);
  }

  @Test
  void aStrangersLabelIsNobodys() {
    assertThat(ContainerOwner.parse("")).isEmpty();
    assertThat(ContainerOwner.parse("host")).isEmpty();
    assertThat(ContainerOwner.parse("host 1 99999999999999999999")).isEmpty();
  }

  @Test
  void whoRunsIsNotGone() {
    assertThat(self.gone()).isFalse();
  }

  @Test
  void aLaterProcessWithTheNumberIsAnother() {
    assertThat(new ContainerOwner(self.host(), self.pid(), self.started() + 1).gone()).isTrue();
  }

  @Test
  void nobodyJudgesAnotherHost() {
    assertThat(new ContainerOwner(self.host() + ".other", 1, 1).gone()).isFalse();
  }
}
