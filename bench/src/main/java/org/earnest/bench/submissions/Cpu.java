package org.earnest.bench.submissions;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Processor time that was used, in nanoseconds.
 *
 * @param own by this process
 * @param chain by the anvil it started
 * @param database by the PostgreSQL it started
 * @param peer by the Node programs it started
 * @param facilitator by the Java programs it started
 */
record Cpu(long own, long chain, long database, long peer, long facilitator) {
  static Cpu now() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Cpu(system.getProcessCpuTime(), of("anvil"), of("postgres"), of("node"), of("java"));
  }

  Cpu since(Cpu start) {
    return new Cpu(
        own - start.own,
        chain - start.chain,
        database - start.database,
        peer - start.peer,
        facilitator - start.facilitator);
  }

  private static long of(String program) {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::info)
        .filter(info -> info.command().filter(path -> path.endsWith("/" + program)).isPresent())
        .mapToLong(info -> info.totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }
}
