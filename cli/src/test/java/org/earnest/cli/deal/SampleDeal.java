package org.earnest.cli.deal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.cli.house.ProjectFolder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sample in the documentation, to be changed. */
public final class SampleDeal {
  public static final Path FILE = ProjectFolder.path().resolve("docs/examples/deal.json");

  private static final long HOUR = 3_600;

  private final ObjectNode json;

  private SampleDeal(ObjectNode json) {
    this.json = json;
  }

  public static SampleDeal read() {
    try {
      return new SampleDeal((ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(FILE)));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /** With times of today, as the sample's own go by one day. */
  public SampleDeal at(long now) {
    head().put("openBy", now + HOUR).put("joinBy", now + HOUR);
    leg().put("due", now + 2 * HOUR);
    return this;
  }

  public ObjectNode json() {
    return json;
  }

  public ObjectNode head() {
    return (ObjectNode) json.path("head");
  }

  public ObjectNode leg() {
    return leg(0);
  }

  public ObjectNode leg(int index) {
    return (ObjectNode) json.path("legs").path(index);
  }

  /** One more leg like the first. */
  public ObjectNode addLeg() {
    ObjectNode added = leg().deepCopy();
    ((ArrayNode) json.path("legs")).add(added);
    return added;
  }

  public Path writeTo(Path folder) {
    try {
      return Files.writeString(folder.resolve("terms.json"), json.toString());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
