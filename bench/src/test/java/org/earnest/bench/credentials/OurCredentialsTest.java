package org.earnest.bench.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.earnest.bench.cpu.CpuTask;
import org.earnest.credentials.key.KeyType;
import org.junit.jupiter.api.Test;

/** Every row's work is done once; what is refused in it throws. */
class OurCredentialsTest {
  @Test
  void whatIsMeasuredIsNotRefused() throws Exception {
    OurCredentials ours = new OurCredentials();
    List<CpuTask> tasks = new ArrayList<>(ours.sdJwts());
    for (KeyType key : KeyType.values()) {
      tasks.addAll(ours.jwts(key));
    }
    for (CpuTask task : tasks) {
      assertThat(task.work().perform()).as(task.name()).isPositive();
    }
    assertThat(tasks).extracting(CpuTask::name).doesNotHaveDuplicates();
  }
}
