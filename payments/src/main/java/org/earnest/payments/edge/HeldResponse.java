package org.earnest.payments.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.payments.server.Answer;
import org.jspecify.annotations.Nullable;

/** A response that nobody sees before it is paid for: status, content type and body, no more. */
final class HeldResponse extends HttpServletResponseWrapper {
  private static final String CONTENT_TYPE = "Content-Type";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ServletOutputStream stream = new Held();
  private @Nullable PrintWriter writer;
  private @Nullable String contentType;
  private Charset charset = StandardCharsets.UTF_8;
  private int status = SC_OK;
  private boolean tooLong;

  HeldResponse(HttpServletResponse response) {
    super(response);
  }

  Answer answer(Optional<BigInteger> charge) {
    if (writer != null) {
      writer.flush();
    }
    return tooLong
        ? new Answer(SC_OK, Optional.empty(), new byte[Answer.MAX_BYTES + 1])
        : new Answer(status, Optional.ofNullable(contentType), body.toByteArray(), charge);
  }

  /** Whether more was written than can be sold, and refused. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Ends whoever writes more than can be sold: it might write for ever. */
  private final class Held extends ServletOutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > Answer.MAX_BYTES - body.size()) {
        tooLong = true;
        throw new IOException("the answer is longer than can be sold");
      }
      body.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("what is sold answers at once");
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(stream, charset));
    }
    return writer;
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void sendError(int code) {
    resetBuffer();
    status = code;
  }

  @Override
  public void sendError(int code, String message) {
    sendError(code);
  }

  @Override
  public void sendRedirect(String location) {
    throw new IllegalStateException("a redirect cannot be sold");
  }

  @Override
  public void setContentType(@Nullable String type) {
    contentType = type;
  }

  @Override
  public @Nullable String getContentType() {
    return contentType;
  }

  @Override
  public void setCharacterEncoding(String name) {
    charset = Charset.forName(name);
  }

  @Override
  public String getCharacterEncoding() {
    return charset.name();
  }

  @Override
  public void setHeader(String name, String value) {
    if (name.equalsIgnoreCase(CONTENT_TYPE)) {
      contentType = value;
    }
  }

  @Override
  public void addHeader(String name, String value) {
    setHeader(name, value);
  }

  @Override
  public void setIntHeader(String name, int value) {}

  @Override
  public void addIntHeader(String name, int value) {}

  @Override
  public void setDateHeader(String name, long value) {}

  @Override
  public void addDateHeader(String name, long value) {}

  @Override
  public void addCookie(Cookie cookie) {}

  @Override
  public void setContentLength(int length) {}

  @Override
  public void setContentLengthLong(long length) {}

  @Override
  public void flushBuffer() {}

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void resetBuffer() {
    body.reset();
  }

  @Override
  public void reset() {
    resetBuffer();
    contentType = null;
    status = SC_OK;
  }
}
