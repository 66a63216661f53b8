package org.earnest.cli.doctor;

/** One question about this machine. It answers with a finding and does not throw. */
@FunctionalInterface
public interface Check {
  Finding run();
}
