package org.earnest.bindings.rpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket server (RFC 6455) that behaves on each connection as it is told to. */
final class TestSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int PING = 9;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String KEY = "sec-websocket-key:";

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger connections = new AtomicInteger();
  private final Manners manners;

  interface Manners {
    void serve(int connection, Peer peer) throws IOException;
  }

  TestSocket(Manners manners) throws IOException {
    this.manners = manners;
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        int connection = connections.getAndIncrement();
        Thread.ofVirtual().start(() -> serve(connection, socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(int connection, Socket socket) {
    try (socket) {
      Peer peer = new Peer(socket);
      peer.open();
      manners.serve(connection, peer);
    } catch (IOException gone) {
      // whoever listened has given up
    }
  }

  /** Whoever connected. */
  static final class Peer {
    private final DataInputStream in;
    private final OutputStream out;

    private Peer(Socket socket) throws IOException {
      this.in = new DataInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    private void open() throws IOException {
      String key = "";
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.toLowerCase(Locale.ROOT).startsWith(KEY)) {
          key = line.substring(KEY.length()).strip();
        }
      }
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accepted(key)
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
        line.write(b);
      }
      return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** Takes the subscription and confirms it. */
    void subscribe() throws IOException {
      read();
      send(TEXT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xab\"}");
    }

    void head() throws IOException {
      send(
          TEXT,
          "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":"
              + "{\"subscription\":\"0xab\",\"result\":{\"number\":\"0x1\"}}}");
    }

    void send(int kind, String payload) throws IOException {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      beginFrame(kind, bytes.length);
      out.write(bytes);
      out.flush();
    }

    void beginFrame(int kind, long length) throws IOException {
      out.write(0x80 | kind);
      if (length < 126) {
        out.write((int) length);
      } else {
        out.write(127);
        out.write(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
      }
      out.flush();
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Waits until something comes, or the other side is gone. */
    void read() throws IOException {
      in.readUnsignedByte();
      int length = in.readUnsignedByte() & 0x7f;
      int size = length < 126 ? length : in.readUnsignedShort();
      in.skipNBytes(size + (long) Integer.BYTES);
    }
  }

  private static String accepted(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-1", missing);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
