package org.earnest.cli.credential;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.earnest.bindings.signer.OwnersFile;
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
 * An issuer's status lists in a folder: the ledger of who has which place, for the issuer's eyes
 * alone, and a folder with the signed lists, to be published as it is. One changes it at a time.
 */
public final class StatusFolder {
  /** How long a signed list may be believed; it is signed again before. */
  public static final Duration VALIDITY = Duration.ofDays(7);

  private static final Duration TTL = Duration.ofMinutes(5);
  static final String PUBLISHED = "published";
  private static final String LEDGER = "ledger.json";
  private static final String LOCK = "ledger.lock";
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock();
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

  /** Where the signed lists are: what is to be published, and nothing else. */
  public Path published() {
    return folder.resolve(PUBLISHED);
  }

  /**
   * Gives places to a credential.
   *
   * @param publishAt the URL of {@link #published}, needed the first time
   * @throws StartupException {@code lists_…}
   */
  public List<Place> take(
      Set<ListKind> kinds, String credential, Optional<URI> publishAt, DidSigner issuer) {
    return alone(
        () -> {
          List<Place> places = new ArrayList<>();
          StatusLedger after = read().orElseGet(() -> begin(publishAt, issuer));
          requireOwn(after, issuer);
          requireSame(after, publishAt);
          for (ListKind kind : kinds) {
            StatusLedger.Taken taken =
                after.take(kind, credential, () -> random.nextInt(StatusLedger.ENTRIES));
            places.add(new Place(kind, url(after, taken.list()), taken.index()));
            after = taken.ledger();
          }
          write(after);
          return places;
        });
  }

  /**
   * Whether {@link #take} would give places; nothing is written.
   *
   * @throws StartupException {@code lists_…}
   */
  public void require(Optional<URI> publishAt, DidSigner issuer) {
    StatusLedger ledger = read().orElseGet(() -> begin(publishAt, issuer));
    requireOwn(ledger, issuer);
    requireSame(ledger, publishAt);
  }

  /**
   * Changes what the lists say of a credential, and signs them anew.
   *
   * @param issuer who made the folder
   * @return false where they said so before
   * @throws StartupException {@code status_not_held}, {@code status_mismatch}, {@code
   *     revocation_is_final}, {@code lists_…}
   */
  public boolean change(
      MeantCredential credential, StatusOrder order, CredentialIssuer issuer, DidSigner signer) {
    return alone(
        () -> {
          StatusLedger before = read().orElseThrow(this::missing);
          requireOwn(before, signer);
          StatusLedger.Ordered ordered = before.order(credential.id(), order);
          boolean changed =
              switch (ordered.found()) {
                case NONE -> throw notHeld(credential.id(), order);
                case FINAL ->
                    throw new StartupException(
                        "revocation_is_final",
                        "the credential was revoked, which is for good",
                        "Issue a new one");
                case CHANGED -> true;
                case SAME -> false;
              };
          credential.require(before.places(credential.id()));
          write(ordered.ledger());
          publish(ordered.ledger(), issuer, signer);
          return changed;
        });
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
    return alone(
        () -> {
          StatusLedger ledger = read().orElseThrow(this::missing);
          requireOwn(ledger, signer);
          return publish(ledger, issuer, signer);
        });
  }

  private Map<Path, URI> publish(StatusLedger ledger, CredentialIssuer issuer, DidSigner signer)
      throws IOException {
    Files.createDirectories(published());
    Map<Path, URI> files = new TreeMap<>();
    for (StatusLedger.KeptList list : ledger.lists()) {
      Path file = published().resolve(list.file());
      new PublishedFile(file).replace(sign(ledger, list, issuer, signer));
      files.put(file, url(ledger, list));
    }
    return files;
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
    return URI.create(ledger.url(list));
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

  private interface Work<T> {
    T done() throws IOException;
  }

  /** While nobody else does anything here: a file's lock keeps out other processes alone. */
  private <T> T alone(Work<T> work) {
    THIS_PROCESS.lock();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock was lost");
        }
        return work.done();
      }
    } catch (IOException refused) {
      throw unusable(refused);
    } finally {
      THIS_PROCESS.unlock();
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
    OwnersFile.replace(folder.resolve(LEDGER), JSON.writeValueAsBytes(ledger));
  }

  private StartupException unusable(IOException why) {
    return new StartupException(
        "lists_unusable",
        "the lists in %s cannot be read or written".formatted(folder),
        "Name a folder that you may write to",
        why);
  }
}
