package org.earnest.cli.credential;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.cli.did.PublishedFile;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.status.BitstringPublication;
import org.earnest.credentials.status.TokenList;
import org.earnest.kit.process.StartupException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An issuer's status lists in a folder: the signed lists, to be published as they are, and the
 * ledger of who has which place, for the issuer's eyes alone. One process changes it at a time.
 */
public final class StatusFolder {
  /** How long a signed list may be believed; it is signed again before. */
  public static final Duration VALIDITY = Duration.ofDays(7);

  private static final Duration TTL = Duration.ofMinutes(5);
  static final String LEDGER = "ledger.json";
  private static final String LOCK = "ledger.lock";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public StatusFolder(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Where a credential's status stands. */
  public record Place(ListKind kind, URI list, int index) {}

  /**
   * Gives places to a credential.
   *
   * @param publishAt the URL of the folder, needed the first time
   * @throws StartupException {@code lists_…}
   */
  public List<Place> take(
      Set<ListKind> kinds, String credential, Optional<URI> publishAt, DidSigner issuer) {
    List<Place> places = new ArrayList<>();
    locked(
        ledger -> {
          StatusLedger after = ledger.orElseGet(() -> begin(publishAt, issuer));
          requireOwn(after, issuer);
          requireSame(after, publishAt);
          for (ListKind kind : kinds) {
            StatusLedger.Taken taken =
                after.take(kind, credential, () -> random.nextInt(StatusLedger.ENTRIES));
            places.add(new Place(kind, url(after, taken.list()), taken.index()));
            after = taken.ledger();
          }
          return after;
        });
    return places;
  }

  /**
   * Changes what the lists say of a credential.
   *
   * @return false where they said so before
   * @throws StartupException {@code status_not_held}, {@code revocation_is_final}, {@code lists_…}
   */
  public boolean change(String credential, StatusOrder order, DidSigner issuer) {
    boolean[] changed = new boolean[1];
    locked(
        ledger -> {
          StatusLedger before = ledger.orElseThrow(this::missing);
          requireOwn(before, issuer);
          StatusLedger.Ordered ordered = before.order(credential, order);
          switch (ordered.found()) {
            case NONE -> throw notHeld(credential, order);
            case FINAL ->
                throw new StartupException(
                    "revocation_is_final",
                    "the credential was revoked, which is for good",
                    "Issue a new one");
            case CHANGED -> changed[0] = true;
            case SAME -> changed[0] = false;
          }
          return ordered.ledger();
        });
    return changed[0];
  }

  /**
   * Whose lists they are.
   *
   * @throws StartupException {@code lists_missing}, {@code lists_…}
   */
  public Did issuer() {
    return new Did(read().orElseThrow(this::missing).issuer());
  }

  /**
   * Signs every list anew.
   *
   * @param issuer who made the folder
   * @return the files, each with the URL that it is published at
   */
  public Map<Path, URI> publish(CredentialIssuer issuer, DidSigner signer) {
    StatusLedger ledger = read().orElseThrow(this::missing);
    requireOwn(ledger, signer);
    for (StatusLedger.KeptList list : ledger.lists()) {
      new PublishedFile(folder.resolve(list.file())).replace(sign(ledger, list, issuer, signer));
    }
    return ledger.lists().stream()
        .collect(Collectors.toMap(list -> folder.resolve(list.file()), list -> url(ledger, list)));
  }

  private String sign(
      StatusLedger ledger, StatusLedger.KeptList list, CredentialIssuer issuer, DidSigner signer) {
    URI url = url(ledger, list);
    return list.kind() == ListKind.TOKEN
        ? TokenList.sign(url, list.statuses(), TTL, VALIDITY, clock.instant(), signer)
        : new BitstringPublication(issuer, VALIDITY)
            .sign(url, list.kind().purpose(), list.statuses(), clock.instant());
  }

  private static URI url(StatusLedger ledger, StatusLedger.KeptList list) {
    return URI.create(ledger.publishedAt() + "/" + list.file());
  }

  private static StatusLedger begin(Optional<URI> publishAt, DidSigner issuer) {
    String at =
        publishAt
            .orElseThrow(
                () ->
                    new StartupException(
                        "lists_url_missing",
                        "a credential names the URL of its status list",
                        "Say where the folder will be published:"
                            + " --publish-at https://issuer.example/status"))
            .toString();
    return new StatusLedger(issuer.verificationMethod().did().value(), withoutSlash(at), List.of());
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private void requireOwn(StatusLedger ledger, DidSigner issuer) {
    if (!ledger.issuer().equals(issuer.verificationMethod().did().value())) {
      throw new StartupException(
          "lists_of_another",
          "the lists in %s are those of %s".formatted(folder, ledger.issuer()),
          "Name that issuer's key, or another folder");
    }
  }

  private void requireSame(StatusLedger ledger, Optional<URI> publishAt) {
    if (publishAt
        .filter(at -> !withoutSlash(at.toString()).equals(ledger.publishedAt()))
        .isPresent()) {
      throw new StartupException(
          "lists_elsewhere",
          "the lists in %s are published at %s".formatted(folder, ledger.publishedAt()),
          "Leave --publish-at out, or name another folder");
    }
  }

  private StartupException missing() {
    return new StartupException(
        "lists_missing",
        "no lists are kept in " + folder,
        "Name the folder that ./earnest credential issue --lists made");
  }

  private static StartupException notHeld(String credential, StatusOrder order) {
    return new StartupException(
        "status_not_held",
        "no list here has a place for %s that can say it is %s".formatted(credential, order.done()),
        order == StatusOrder.REVOKE
            ? "Look at the id, and at the folder that it was issued with"
            : "Only a credential that was issued with --suspendable can be suspended");
  }

  private void locked(Function<Optional<StatusLedger>, StatusLedger> change) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock was lost");
        }
        write(change.apply(read()));
      }
    } catch (IOException refused) {
      throw unusable(refused);
    }
  }

  private Optional<StatusLedger> read() {
    Path file = folder.resolve(LEDGER);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), StatusLedger.class));
    } catch (IOException unreadable) {
      throw unusable(unreadable);
    } catch (JacksonException | NullPointerException damaged) {
      throw new StartupException(
          "lists_damaged",
          file + " is not what was written",
          "Put a copy of it back: it knows who has which place in the lists",
          damaged);
    }
  }

  private void write(StatusLedger ledger) throws IOException {
    Path draft = folder.resolve(LEDGER + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, JSON.writeValueAsString(ledger));
    Files.move(draft, folder.resolve(LEDGER), StandardCopyOption.ATOMIC_MOVE);
  }

  private StartupException unusable(IOException why) {
    return new StartupException(
        "lists_unusable",
        "the lists in %s cannot be read or written".formatted(folder),
        "Name a folder that you may write to",
        why);
  }
}
