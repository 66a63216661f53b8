package org.earnest.cli.client;

import tools.jackson.databind.JsonNode;

/** What came over a stream. */
public sealed interface Told {
  /**
   * An event.
   *
   * @param id where the stream goes on after it
   */
  record Event(String type, String id, JsonNode data) implements Told {}

  /** The house refused to tell anything, or stopped to. */
  record Refused(int status, JsonNode body) implements Told {}

  /** It is not there, or not any more. */
  record Away() implements Told {}
}
