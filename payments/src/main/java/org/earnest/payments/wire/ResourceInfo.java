package org.earnest.payments.wire;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is for sale.
 *
 * @param url where it is had
 * @param serviceName at most 32 printable ASCII characters by the protocol; not judged here
 * @param rest members that this version does not know
 */
public record ResourceInfo(
    String url,
    Optional<String> description,
    Optional<String> mimeType,
    Optional<String> serviceName,
    List<String> tags,
    Optional<String> iconUrl,
    ObjectNode rest)
    implements WireObject {
  public ResourceInfo {
    tags = List.copyOf(tags);
    rest = rest.deepCopy();
  }

  public static ResourceInfo of(String url, String description, String mimeType) {
    return new ResourceInfo(
        url,
        Optional.of(description),
        Optional.of(mimeType),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        WireJson.object());
  }

  public static ResourceInfo parse(JsonNode json) {
    Members members = Members.of("resource", json);
    return new ResourceInfo(
        members.text("url"),
        members.optionalText("description"),
        members.optionalText("mimeType"),
        members.optionalText("serviceName"),
        members.texts("tags"),
        members.optionalText("iconUrl"),
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("url", url);
    description.ifPresent(text -> json.put("description", text));
    mimeType.ifPresent(text -> json.put("mimeType", text));
    serviceName.ifPresent(text -> json.put("serviceName", text));
    if (!tags.isEmpty()) {
      tags.forEach(json.putArray("tags")::add);
    }
    iconUrl.ifPresent(text -> json.put("iconUrl", text));
    return json.setAll(rest);
  }
}
