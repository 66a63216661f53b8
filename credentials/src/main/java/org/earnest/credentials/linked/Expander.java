package org.earnest.credentials.linked;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.JsonLdOptions.ProcessingPolicy;
import com.apicatalog.jsonld.context.ActiveContext;
import com.apicatalog.jsonld.context.cache.LruCache;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.expansion.Expansion;
import com.apicatalog.jsonld.json.JsonUtils;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.processor.ExpansionProcessor;
import com.apicatalog.jsonld.processor.ProcessingRuntime;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Expands documents (JSON-LD 1.1 Processing Algorithms §5.1). A list of pinned contexts means the
 * same in every document, and is processed once; that takes longer than all the rest.
 */
final class Expander {
  private static final String CONTEXT = "@context";
  private static final String GRAPH = "@graph";
  private static final int CACHED_CONTEXTS = 64;

  /** Lists that are remembered; strangers choose them. */
  private static final int MAX_LISTS = 64;

  private static final int MAX_LIST = 8;

  private final DocumentLoader loader;
  private final ActiveContext nothing;
  private final Cache<List<String>, ActiveContext> processed =
      Caffeine.newBuilder().maximumSize(MAX_LISTS).build();

  Expander(DocumentLoader loader) {
    this.loader = loader;
    JsonLdOptions shared = options(loader);
    // It is not safe for many threads, and of no use where a list is processed once.
    shared.setContextCache(null);
    this.nothing = new ActiveContext(null, null, ProcessingRuntime.of(shared));
  }

  /** Safe mode, offline. */
  static JsonLdOptions options(DocumentLoader loader) {
    JsonLdOptions options = new JsonLdOptions(loader);
    options.setUndefinedTermsPolicy(ProcessingPolicy.Fail);
    options.setContextCache(new LruCache<>(CACHED_CONTEXTS));
    return options;
  }

  JsonArray expand(ObjectNode document) throws JsonLdError {
    Optional<ActiveContext> contexts = contexts(document.path(CONTEXT));
    if (contexts.isPresent()) {
      return expand(JakartaJson.without(CONTEXT, document), contexts.get());
    }
    JsonObject json = (JsonObject) JakartaJson.of(document);
    return ExpansionProcessor.expand(JsonDocument.of(json), options(loader), false);
  }

  private static JsonArray expand(JsonObject json, ActiveContext contexts) throws JsonLdError {
    JsonValue expanded = Expansion.with(contexts, json, null, null).compute();
    if (expanded instanceof JsonObject object && object.size() == 1 && object.containsKey(GRAPH)) {
      expanded = object.get(GRAPH);
    }
    return JsonUtils.isNull(expanded)
        ? JsonValue.EMPTY_JSON_ARRAY
        : JsonUtils.toJsonArray(expanded);
  }

  /** Those at the top of a document, where all of them are pinned. */
  private Optional<ActiveContext> contexts(JsonNode contexts) throws JsonLdError {
    boolean pinned =
        contexts.isArray()
            && contexts.size() <= MAX_LIST
            && contexts.valueStream().allMatch(JsonNode::isString);
    if (!pinned) {
      return Optional.empty();
    }
    List<String> urls = new ArrayList<>();
    contexts.forEach(url -> urls.add(url.stringValue()));
    ActiveContext known = processed.getIfPresent(urls);
    if (known == null) {
      known = nothing.newContext().create(JakartaJson.of(contexts), null);
      processed.put(List.copyOf(urls), known);
    }
    // One that does not propagate would be left again at the document's first object.
    return Optional.of(known).filter(context -> context.getPreviousContext() == null);
  }
}
