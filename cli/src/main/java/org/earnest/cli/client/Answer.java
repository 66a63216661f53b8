package org.earnest.cli.client;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** What the house answered. */
public record Answer(int status, JsonNode body, HttpHeaders headers) {
  private static final int SUCCESS = 2;
  private static final int CENTURY = 100;

  /**
   * The body of a success.
   *
   * @throws UnexpectedAnswerException when it is none
   */
  public JsonNode require(String what) {
    if (status / CENTURY != SUCCESS) {
      throw new UnexpectedAnswerException(what, this);
    }
    return body;
  }

  /** The problem's stable code (RFC 9457 extension member), or nothing. */
  public String code() {
    return body.path("code").asString("");
  }
}
