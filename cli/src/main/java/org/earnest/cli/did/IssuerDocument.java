package org.earnest.cli.did;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.webvh.WebvhController;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an issuer publishes of its keys.
 *
 * @param listed the keys that its document lists now
 * @param dropped those that it listed once
 */
public record IssuerDocument(Did issuer, List<IssuerKey> listed, List<IssuerKey> dropped) {
  /**
   * Writes the file to publish; one that is there keeps what else it says.
   *
   * @param file did.json, or did.jsonl of a did:webvh, which must be there
   * @param updateKey may write to a did.jsonl
   * @throws StartupException {@code issuer_mismatch}, {@code update_key_missing}, {@code
   *     change_refused} or {@code file_…}
   */
  public void write(Path file, Optional<UpdateKey> updateKey) {
    PublishedFile published = new PublishedFile(file);
    try {
      if (file.toString().endsWith(".jsonl")) {
        published.replace(log(published.text(), updateKey));
      } else if (Files.exists(file)) {
        published.replace(text(own(StrictJsonDocument.read(published.text()))));
      } else {
        published.create(text(begun()));
      }
    } catch (IllegalArgumentException refused) {
      throw new StartupException(
          "change_refused",
          "the file is not changed: " + refused.getMessage(),
          "Name the file as it was published last");
    }
  }

  private String log(String text, Optional<UpdateKey> updateKey) {
    UpdateKey key =
        updateKey.orElseThrow(
            () ->
                new StartupException(
                    "update_key_missing",
                    "a did.jsonl is written to with its update key",
                    "Name the key's file with --update-key"));
    return new WebvhController(key, InstantSource.system())
        .update(text, document -> with(own(document)))
        .text();
  }

  private String text(ObjectNode document) {
    return with(document).toPrettyString() + "\n";
  }

  private ObjectNode own(ObjectNode document) {
    if (!document.path("id").asString("").equals(issuer.value())) {
      throw new StartupException(
          "issuer_mismatch",
          "the file is of another DID than " + issuer,
          "Name the file of this one");
    }
    return document;
  }

  private ObjectNode begun() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    PublishedDocument.contexts(document);
    return document.put("id", issuer.value());
  }

  private ObjectNode with(ObjectNode document) {
    return PublishedDocument.listing(document, keys(listed), keys(dropped));
  }

  private static List<PublicKeyMultibase> keys(List<IssuerKey> keys) {
    return keys.stream().map(key -> PublicKeyMultibase.parse(key.multibase())).toList();
  }
}
