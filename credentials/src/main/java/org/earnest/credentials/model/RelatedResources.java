package org.earnest.credentials.model;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Resources that a credential pins by their hashes (VC Data Model 2.0 §5.3). */
final class RelatedResources {
  private RelatedResources() {}

  static void require(ObjectNode credential) throws InvalidCredentialException {
    Set<String> ids = new HashSet<>();
    for (ObjectNode resource : Members.objects(credential, "relatedResource")) {
      String id =
          Members.url(resource, "id")
              .orElseThrow(() -> Members.invalid("relatedResource must have an id"));
      if (!ids.add(id)) {
        throw Members.invalid("relatedResource names one resource twice");
      }
      boolean digest =
          resource.path("digestSRI").isString() || resource.path("digestMultibase").isString();
      if (!digest) {
        throw Members.invalid("relatedResource must have digestSRI or digestMultibase");
      }
    }
  }
}
