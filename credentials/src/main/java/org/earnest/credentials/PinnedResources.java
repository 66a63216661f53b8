package org.earnest.credentials;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.JsonNode;

/**
 * Says which resources that a credential pins were read on the way, each held against its digest by
 * who read it, and which nobody fetched (VC Data Model 2.0 §5.3).
 */
record PinnedResources(KnownContexts contexts) {
  /** Named in an answer; a stranger may list many. */
  private static final int MAX_NAMED = 8;

  /** What was found, for a person, once status and schemas have been checked. */
  String found(Credential credential) {
    List<String> unread = new ArrayList<>(credential.related().ids());
    if (unread.isEmpty()) {
      return "pins no resources";
    }
    Set<String> read = new HashSet<>(contexts.urls());
    named(credential, "credentialSchema", "id", read);
    named(credential, "credentialStatus", "statusListCredential", read);
    unread.removeAll(read);
    int compared = credential.related().ids().size() - unread.size();
    return compared + " as pinned" + (unread.isEmpty() ? "" : ", not fetched: " + list(unread));
  }

  private static void named(Credential credential, String member, String url, Set<String> to) {
    JsonNode values = credential.json().path(member);
    for (JsonNode value : values.isArray() ? values : List.of(values)) {
      to.add(value.path(url).asString(""));
    }
  }

  private static String list(List<String> urls) {
    String first = urls.stream().limit(MAX_NAMED).collect(Collectors.joining(" "));
    return urls.size() > MAX_NAMED ? first + " and " + (urls.size() - MAX_NAMED) + " more" : first;
  }
}
