package org.earnest.credentials.edge;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.Did;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.status.AnchoredContent;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.BitstringPublication;
import org.earnest.credentials.status.StatusListAnchor;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.Statuses;
import org.earnest.credentials.store.StatusListStore;
import org.earnest.credentials.store.StatusSeries;
import org.earnest.credentials.store.StatusSlot;
import org.earnest.credentials.store.StoredList;
import org.earnest.credentials.store.StoredList.Published;
import org.earnest.kit.http.Problem;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A service's status lists, of each issuer its own: gives places, and publishes what they say. */
public final class StatusLists {
  /** A list is signed again when so much of its time has passed. */
  private static final Duration RENEWAL = BitstringPublication.VALIDITY.dividedBy(2);

  private static final int MAX_ID = 512;

  private final StatusListStore store;
  private final Map<String, CredentialIssuer> issuers;
  private final Supplier<URI> origin;
  private final Optional<StatusListAnchor> anchor;
  private final InstantSource clock;
  private final AnchorAttempts attempts = new AnchorAttempts();

  /**
   * Lists of these issuers, as a list counts for credentials of its own issuer alone.
   *
   * @param issuers by each key and suite; the first of a DID signs its lists
   * @param origin where the lists are served for verifiers, asked for when the first is needed
   */
  public StatusLists(
      StatusListStore store,
      List<CredentialIssuer> issuers,
      Supplier<URI> origin,
      Optional<StatusListAnchor> anchor,
      InstantSource clock) {
    this.store = store;
    this.issuers = ofLists(issuers);
    this.origin = origin;
    this.anchor = anchor;
    this.clock = clock;
  }

  /** A list is shown whole, so that none is secured by a base proof. */
  private static Map<String, CredentialIssuer> ofLists(List<CredentialIssuer> issuers) {
    Map<String, CredentialIssuer> first = new LinkedHashMap<>();
    for (CredentialIssuer issuer : issuers) {
      boolean selective = issuer.cryptosuite() instanceof EcdsaSdCryptosuite;
      first.putIfAbsent(
          issuer.issuer().value(), selective ? issuer.by(JcsCryptosuite.ECDSA_2019) : issuer);
    }
    return first;
  }

  StatusListStore store() {
    return store;
  }

  /**
   * That a place can be found again by this id, as the database's index holds no longer ones.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request}
   */
  static void requireFindable(String credentialId) {
    if (credentialId.length() > MAX_ID || credentialId.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalidRequest(
              "a status is found by an id of at most %d characters, none for control"
                  .formatted(MAX_ID))
          .asException();
    }
  }

  /** A new place for an issuer's credential, which says nothing yet. */
  BitstringEntry allocate(Did issuer, StatusPurpose purpose, Optional<String> credentialId) {
    credentialId.ifPresent(StatusLists::requireFindable);
    StatusSlot slot =
        store.allocate(StatusSeries.bitstring(issuer.value(), purpose, 1), credentialId);
    return new BitstringEntry(purpose, slot.index(), url(slot.list()));
  }

  /** A new place for an issuer's SD-JWT, as its claim {@code status} refers to it. */
  ObjectNode allocateForToken(Did issuer, Optional<String> tokenId) {
    tokenId.ifPresent(StatusLists::requireFindable);
    StatusSlot slot = store.allocate(StatusSeries.token(issuer.value()), tokenId);
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status
        .putObject("status_list")
        .put("idx", slot.index())
        .put("uri", url(slot.list()).toString());
    return status;
  }

  /** The places of these issuers' credentials that have this id. */
  List<StatusSlot> find(String credentialId, StatusPurpose purpose) {
    return issuers.keySet().stream()
        .flatMap(issuer -> store.find(issuer, credentialId, purpose).stream())
        .toList();
  }

  /** The list of this URL, where it is one of ours. */
  Optional<UUID> idOf(String url) {
    String prefix = url("").toString();
    return url.startsWith(prefix) ? parse(url.substring(prefix.length())) : Optional.empty();
  }

  static Optional<UUID> parse(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return Optional.of(uuid).filter(parsed -> parsed.toString().equals(id));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /**
   * The list as it is now, signed; empty where there is no such list. One of another issuer, who
   * had this database before, is as he signed it last: nobody else's word about his credentials
   * counts.
   */
  Optional<Served> served(UUID id) {
    return store
        .list(id)
        .flatMap(
            list ->
                (issuers.containsKey(list.series().issuer())
                        ? Optional.of(current(list))
                        : list.published())
                    .map(shown -> new Served(list.series().form().mediaType(), shown)));
  }

  /** Who else has lists here, which are served and not signed again. */
  public List<String> otherIssuers() {
    return store.issuers().stream().filter(other -> !issuers.containsKey(other)).toList();
  }

  /** A list as it is served. */
  record Served(String mediaType, Published published) {}

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
    String document = document(list, now);
    // A list that is only renewed says nothing new, and costs no gas.
    Optional<Published> renewed =
        list.published()
            .filter(before -> before.version() == list.version())
            .filter(before -> Arrays.equals(content(before.document()), content(document)));
    store.publish(list.id(), list.version(), document, now, renewed.isPresent());
    boolean anchored = renewed.filter(Published::anchored).isPresent();
    return new Published(list.version(), document, now, anchored);
  }

  private String document(StoredList list, Instant now) {
    Statuses values = store.values(list);
    URI url = url(list.id());
    return switch (list.series().form()) {
      case BITSTRING ->
          new BitstringPublication(issuer(list)).sign(url, list.series().purpose(), values, now);
      case TOKEN ->
          issuer(list)
              .sdJwts()
              .statusList(
                  url, values, StatusListService.KEPT_FOR, BitstringPublication.VALIDITY, now);
    };
  }

  private CredentialIssuer issuer(StoredList list) {
    CredentialIssuer issuer = issuers.get(list.series().issuer());
    if (issuer == null) {
      throw new SignerUnavailableException("no key here is of " + list.series().issuer());
    }
    return issuer;
  }

  private void anchor(StatusListAnchor chain, UUID id, String document) {
    if (chain.anchor(url(id), content(document))) {
      store.anchored(id, document);
      attempts.end(id);
    }
  }

  private static byte[] content(String document) {
    try {
      return AnchoredContent.of(document);
    } catch (InvalidCredentialException impossible) {
      throw new IllegalStateException("what was signed here is no status list", impossible);
    }
  }

  private URI url(Object id) {
    return URI.create(origin.get() + StatusListService.PATH + id);
  }
}
