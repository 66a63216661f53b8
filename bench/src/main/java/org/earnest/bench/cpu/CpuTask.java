package org.earnest.bench.cpu;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * An operation of ours that is measured.
 *
 * @param target microseconds of processor time that one may take
 */
public record CpuTask(String name, OptionalDouble target, Work work) {
  private static final double NANOS_PER_MICRO = 1e3;

  /** Does it some times, by the thread that asks. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @return how many times
     * @throws IllegalStateException when what came of it is wrong
     */
    int perform();
  }

  /**
   * What one operation takes.
   *
   * @param micros of the processor, the compiler's and the collector's included
   * @param bytes allocated
   */
  record Figure(double micros, double bytes) {}

  /** Does it again and again for at least that long. */
  Figure measure(Duration time) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long cpu = system.getProcessCpuTime();
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    do {
      count += work.perform();
    } while (System.nanoTime() < end);
    return new Figure(
        (system.getProcessCpuTime() - cpu) / NANOS_PER_MICRO / count,
        (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / count);
  }
}
