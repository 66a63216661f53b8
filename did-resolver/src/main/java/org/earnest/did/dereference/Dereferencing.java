package org.earnest.did.dereference;

import java.net.URI;
import java.util.List;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import tools.jackson.databind.node.ObjectNode;

/** The result of dereferencing a DID URL (DID Resolution 1.0 §5). */
public sealed interface Dereferencing {
  /** The whole document. */
  record Document(ObjectNode document, DidDocumentMetadata metadata) implements Dereferencing {}

  /** The part of a document that a fragment names. */
  record Part(ObjectNode content, DidDocumentMetadata metadata) implements Dereferencing {}

  /**
   * Services that were asked for.
   *
   * @param document with these services alone
   * @param urls of their endpoints with http or https
   */
  record Services(ObjectNode document, List<URI> urls, DidDocumentMetadata metadata)
      implements Dereferencing {}

  /** There is nothing. */
  record Nothing(DidResolution.Refused refused) implements Dereferencing {}
}
