package org.earnest.did.webvh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.earnest.bindings.integrity.CanonicalJson;
import org.earnest.core.identity.Did;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.web.WebLocation;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the logs that controllers publish (did:webvh 1.0, Create, Update and Deactivate). What it
 * writes is read as strangers' logs are before anybody gets it. An entry of a log with witnesses is
 * nobody's to resolve before {@link WebvhWitness} approved it.
 */
public final class WebvhController {
  private static final String UNKNOWN = "{SCID}";
  private static final String ID = "versionId";

  private final LogSigner signer;
  private final InstantSource clock;

  public WebvhController(LogSigner signer, InstantSource clock) {
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * A log to be published.
   *
   * @param text JSON Lines
   */
  public record Published(Did did, String text) {}

  /**
   * A new log of one entry that asks for nothing but a signature. See {@link #create(String,
   * LogTerms, Function)}.
   */
  public Published create(String place, Function<String, ObjectNode> document) {
    return create(place, LogTerms.NONE, document);
  }

  /**
   * A new log of one entry.
   *
   * @param place as did:webvh writes it: {@code host[%3Aport][:segment]*}
   * @param document what is said of the DID, which is not known yet
   * @throws IllegalArgumentException for what is no place of the web
   */
  public Published create(String place, LogTerms terms, Function<String, ObjectNode> document) {
    WebLocation.parse(place);
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put(ID, UNKNOWN);
    entry.put("versionTime", now().toString());
    ObjectNode parameters = entry.putObject("parameters");
    parameters.put("method", WebvhParameters.METHOD).put("scid", UNKNOWN);
    parameters.putArray("updateKeys").add(signer.key().text());
    promise(parameters, terms.promised());
    if (!terms.witnesses().isEmpty()) {
      ObjectNode witness = parameters.putObject("witness").put("threshold", terms.threshold());
      terms
          .witnesses()
          .forEach(key -> witness.withArray("witnesses").addObject().put("id", "did:key:" + key));
    }
    entry.set("state", document.apply("did:webvh:" + UNKNOWN + ":" + place));
    String scid = Multihash.of(entry);
    ObjectNode named =
        CanonicalJson.read(CanonicalJson.write(entry).replace(UNKNOWN, scid).getBytes(UTF_8));
    return checked(line(signer, named, scid, 1), scid);
  }

  private static void promise(ObjectNode parameters, List<PublicKeyMultibase> keys) {
    keys.forEach(key -> parameters.withArray("nextKeyHashes").add(Multihash.of(key.text())));
  }

  /**
   * The log with another key from now on, also in the document.
   *
   * @param next a promised one, where the log promised keys; it signs then, whoever this controller
   *     is, as the current key may be lost
   * @param promised keys of which one must come after that one
   * @throws IllegalArgumentException for a log that does not hold, that this key may not write to,
   *     or that promised other keys; where keys were promised and none are now, as promises end
   *     with the log alone
   */
  public Published rotate(String log, LogSigner next, List<PublicKeyMultibase> promised) {
    WebvhVersion last = last(log);
    boolean kept = last.parameters().preRotates();
    if (kept) {
      requirePromised(last, next.key());
      if (promised.isEmpty()) {
        throw new IllegalArgumentException("the log promises its keys, so the next is needed too");
      }
    } else {
      requireListed(last);
    }
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.putArray("updateKeys").add(next.key().text());
    promise(parameters, promised);
    ObjectNode state = last.entry().state();
    String text = CanonicalJson.write(state);
    Optional<PublicKeyMultibase> listed =
        last.parameters().updateKeys().stream()
            .filter(text::contains)
            .map(PublicKeyMultibase::parse)
            .findFirst();
    return appended(
        kept ? next : signer,
        log,
        last,
        parameters,
        listed.map(old -> PublishedDocument.rotated(state, old, next.key())).orElse(state));
  }

  /**
   * The log with another document from now on, under the same update keys.
   *
   * @throws IllegalArgumentException for a log that does not hold, that this key may not write to,
   *     or that promised its keys, as each of its entries needs another one
   */
  public Published update(String log, UnaryOperator<ObjectNode> change) {
    WebvhVersion last = last(log);
    if (last.parameters().preRotates()) {
      throw new IllegalArgumentException("the log promises its keys, so each entry needs another");
    }
    requireListed(last);
    return appended(
        signer,
        log,
        last,
        JsonNodeFactory.instance.objectNode(),
        change.apply(last.entry().state()));
  }

  /**
   * The log with an end: nobody can write to it afterwards. Where keys were promised, the
   * controller's must be one of them; an entry that ends the promises goes before.
   *
   * @throws IllegalArgumentException likewise
   */
  public Published deactivate(String log) {
    WebvhVersion last = last(log);
    if (last.parameters().preRotates()) {
      requirePromised(last, signer.key());
      ObjectNode free = JsonNodeFactory.instance.objectNode();
      free.putArray("updateKeys").add(signer.key().text());
      free.putArray("nextKeyHashes");
      return deactivate(appended(signer, log, last, free, last.entry().state()).text());
    }
    requireListed(last);
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("deactivated", true);
    parameters.putArray("updateKeys");
    return appended(signer, log, last, parameters, last.entry().state());
  }

  private static void requirePromised(WebvhVersion last, PublicKeyMultibase key) {
    if (!last.parameters().nextKeyHashes().contains(Multihash.of(key.text()))) {
      throw new IllegalArgumentException("the log promised another key");
    }
  }

  private void requireListed(WebvhVersion last) {
    if (!last.parameters().updateKeys().contains(signer.key().text())) {
      throw new IllegalArgumentException("this key may not write to the log");
    }
  }

  private WebvhVersion last(String log) {
    WebvhVersion last = read(log, clock).versions().getLast();
    if (last.parameters().deactivated()) {
      throw new IllegalArgumentException("the DID was given up");
    }
    return last;
  }

  /** A log that holds. */
  static WebvhLog read(String log, InstantSource clock) {
    WebvhLog read = WebvhLog.read(log, scid(log), clock.instant().plus(WebvhDidMethod.SKEW));
    if (read.fault().isPresent()) {
      throw new IllegalArgumentException("the log does not hold: " + read.fault().get());
    }
    return read;
  }

  /** What the log claims, which is then held against its first entry. */
  private static String scid(String log) {
    String first = log.split("\n", 2)[0];
    return CanonicalJson.read(first.getBytes(UTF_8)).path("parameters").path("scid").asString("");
  }

  private Published appended(
      LogSigner writer, String log, WebvhVersion last, ObjectNode parameters, ObjectNode state) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    String predecessor = last.entry().versionId();
    entry.put(ID, predecessor);
    Instant after = last.entry().time().plusSeconds(1);
    entry.put("versionTime", (now().isBefore(after) ? after : now()).toString());
    entry.set("parameters", parameters);
    entry.set("state", state);
    int number = Integer.parseInt(predecessor.substring(0, predecessor.indexOf('-'))) + 1;
    String before = log.endsWith("\n") ? log : log + "\n";
    return checked(before + line(writer, entry, predecessor, number), last.parameters().scid());
  }

  private String line(LogSigner writer, ObjectNode entry, String predecessor, int number) {
    entry.put(ID, predecessor);
    entry.put(ID, number + "-" + Multihash.of(entry));
    ObjectNode proof = WebvhProof.sign(writer, entry, now());
    entry.putArray("proof").add(proof);
    return CanonicalJson.write(entry) + "\n";
  }

  private Published checked(String text, String scid) {
    WebvhLog log = WebvhLog.read(text, scid, horizon());
    log.fault()
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("the log would not hold: " + fault);
            });
    WebvhVersion last = log.versions().getLast();
    DidDocumentReader.read(last.entry().state(), last.id());
    return new Published(last.id(), text);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant horizon() {
    return clock.instant().plus(WebvhDidMethod.SKEW);
  }
}
