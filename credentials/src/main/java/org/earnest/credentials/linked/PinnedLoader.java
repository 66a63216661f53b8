package org.earnest.credentials.linked;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.StringReader;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.earnest.credentials.model.KnownContexts;

/** Gives the known contexts and nothing else, from memory. */
final class PinnedLoader implements DocumentLoader {
  private final Map<String, Document> documents = new HashMap<>();

  PinnedLoader(KnownContexts contexts) {
    contexts
        .documents()
        .forEach(
            (url, text) -> {
              try {
                JsonDocument document = JsonDocument.of(new StringReader(text));
                document.setDocumentUrl(URI.create(url));
                documents.put(url, document);
              } catch (JsonLdError broken) {
                throw new IllegalArgumentException("the context " + url + " is no JSON", broken);
              }
            });
  }

  @Override
  public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
    Document known = documents.get(url.toString());
    if (known == null) {
      throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "unknown context");
    }
    return known;
  }
}
