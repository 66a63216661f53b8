package org.earnest.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Can a server listen on this port of 127.0.0.1? */
public record PortCheck(int port) implements Check {
  private static final String NAME = "port";

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
