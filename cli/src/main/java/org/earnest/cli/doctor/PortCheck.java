package org.earnest.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.earnest.kit.process.StartupException;

/** Can a server listen on this port of 127.0.0.1? */
public record PortCheck(int port) implements Check {
  private static final String NAME = "port";

  /**
   * Insists on it before anything is started: who starts a server last of all should not wait that
   * long for this error.
   *
   * @throws StartupException {@code port_in_use}
   */
  public static void require(int port) {
    Finding found = new PortCheck(port).run();
    if (found.verdict() == Finding.Verdict.FAIL) {
      throw new StartupException("port_in_use", found.found(), found.fix());
    }
  }

  @Override
  public Finding run() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok(NAME, "127.0.0.1:" + socket.getLocalPort() + " is free");
    } catch (IOException taken) {
      return Finding.fail(
          NAME,
          "127.0.0.1:" + port + " is in use (" + taken.getMessage() + ")",
          "stop what listens there, or choose another with --port");
    }
  }
}
