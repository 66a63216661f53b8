package org.earnest.credentials.edge;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.BitstringPublication;
import org.earnest.credentials.status.StatusListAnchor;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.store.StatusListStore;
import org.earnest.credentials.store.StatusSeries;
import org.earnest.credentials.store.StatusSlot;
import org.earnest.credentials.store.StoredList;
import org.earnest.credentials.store.StoredList.Published;

/** An issuer's status lists: gives places in them, and publishes what they say. */
public final class StatusLists {
  /** A list is signed again when so much of its time has passed. */
  private static final Duration RENEWAL = BitstringPublication.VALIDITY.dividedBy(2);

  private final StatusListStore store;
  private final CredentialIssuer issuer;
  private final BitstringPublication publication;
  private final Supplier<URI> origin;
  private final Optional<StatusListAnchor> anchor;
  private final InstantSource clock;
  private final AnchorAttempts attempts = new AnchorAttempts();

  /**
   * Lists of this issuer.
   *
   * @param origin where the lists are served for verifiers, asked for when the first is needed
   */
  public StatusLists(
      StatusListStore store,
      CredentialIssuer issuer,
      Supplier<URI> origin,
      Optional<StatusListAnchor> anchor,
      InstantSource clock) {
    this.store = store;
    this.issuer = issuer;
    this.publication = new BitstringPublication(issuer);
    this.origin = origin;
    this.anchor = anchor;
    this.clock = clock;
  }

  StatusListStore store() {
    return store;
  }

  /** A new place for a credential, which says nothing yet. */
  BitstringEntry allocate(
      StatusPurpose purpose, int bits, List<String> messages, Optional<String> credentialId) {
    StatusSlot slot =
        store.allocate(
            StatusSeries.bitstring(issuer.issuer().value(), purpose, bits), credentialId);
    return new BitstringEntry(purpose, slot.index(), url(slot.list()), bits, messages);
  }

  /** The places of this issuer's credentials that have this id. */
  List<StatusSlot> find(String credentialId, StatusPurpose purpose) {
    return store.find(issuer.issuer().value(), credentialId, purpose);
  }

  /** The list of this URL, where it is one of ours. */
  Optional<UUID> idOf(URI url) {
    String prefix = url("").toString();
    String text = url.toString();
    return text.startsWith(prefix) ? parse(text.substring(prefix.length())) : Optional.empty();
  }

  static Optional<UUID> parse(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return Optional.of(uuid).filter(parsed -> parsed.toString().equals(id));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** The signed list as it is now; empty where there is no such list. */
  Optional<Published> published(UUID id) {
    return store.list(id).map(this::current);
  }

  private Published current(StoredList list) {
    Instant now = clock.instant();
    Published current =
        list.published()
            .filter(published -> published.version() == list.version())
            .filter(published -> now.isBefore(published.signedAt().plus(RENEWAL)))
            .orElseGet(() -> sign(list, now));
    if (!current.anchored() && attempts.begin(list.id(), current.version(), now)) {
      anchor.ifPresent(chain -> anchor(chain, list.id(), current.document()));
    }
    return current;
  }

  private Published sign(StoredList list, Instant now) {
    String document =
        publication.sign(url(list.id()), list.series().purpose(), store.values(list), now);
    store.publish(list.id(), list.version(), document, now);
    // A list that is only renewed says nothing new, and costs no gas.
    boolean anchored =
        list.published()
            .filter(before -> before.version() == list.version())
            .filter(Published::anchored)
            .isPresent();
    return new Published(list.version(), document, now, anchored);
  }

  private void anchor(StatusListAnchor chain, UUID id, String document) {
    if (chain.anchor(url(id), document.getBytes(StandardCharsets.UTF_8))) {
      store.anchored(id, document);
      attempts.end(id);
    }
  }

  private URI url(Object id) {
    return URI.create(origin.get() + StatusListService.PATH + id);
  }
}
