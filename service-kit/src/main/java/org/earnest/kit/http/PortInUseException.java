package org.earnest.kit.http;

import org.earnest.kit.process.StartupException;

/** Another process listens on the port already. */
public final class PortInUseException extends StartupException {
  private static final long serialVersionUID = 1L;

  PortInUseException(String host, int port, Throwable cause) {
    super(
        "port_in_use",
        "port %d on %s is in use".formatted(port, host),
        "Choose another with --port, or --port 0 for any free one.",
        cause);
  }
}
