package org.earnest.did.webvh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apicatalog.multibase.Multibase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.earnest.bindings.integrity.CanonicalJson;
import org.earnest.bindings.integrity.EddsaJcsHash;
import org.earnest.core.identity.Did;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.web.WebLocation;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the logs that controllers publish (did:webvh 1.0, Create, Update and Deactivate). What it
 * writes is read as strangers' logs are before anybody gets it. Logs with witnesses or with keys
 * promised in advance are read, and not written.
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
   * A new log of one entry.
   *
   * @param place as did:webvh writes it: {@code host[%3Aport][:segment]*}
   * @param document what is said of the DID, which is not known yet
   * @throws IllegalArgumentException for what is no place of the web
   */
  public Published create(String place, Function<String, ObjectNode> document) {
    WebLocation.parse(place);
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put(ID, UNKNOWN);
    entry.put("versionTime", now().toString());
    entry
        .putObject("parameters")
        .put("method", WebvhParameters.METHOD)
        .put("scid", UNKNOWN)
        .putArray("updateKeys")
        .add(signer.key().text());
    entry.set("state", document.apply("did:webvh:" + UNKNOWN + ":" + place));
    String scid = Multihash.of(entry);
    ObjectNode named =
        CanonicalJson.read(CanonicalJson.write(entry).replace(UNKNOWN, scid).getBytes(UTF_8));
    return checked(line(named, scid, 1), scid);
  }

  /**
   * The log with another key from now on, also in the document.
   *
   * @throws IllegalArgumentException for a log that does not hold, that this key may not write to,
   *     or that has witnesses or promised keys
   */
  public Published rotate(String log, PublicKeyMultibase next) {
    WebvhVersion last = last(log);
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.putArray("updateKeys").add(next.text());
    ObjectNode state = last.entry().state();
    boolean listed = CanonicalJson.write(state).contains(signer.key().text());
    return appended(
        log,
        last,
        parameters,
        listed ? PublishedDocument.rotated(state, signer.key(), next) : state);
  }

  /**
   * The log with an end: nobody can write to it afterwards.
   *
   * @throws IllegalArgumentException likewise
   */
  public Published deactivate(String log) {
    WebvhVersion last = last(log);
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("deactivated", true);
    parameters.putArray("updateKeys");
    return appended(log, last, parameters, last.entry().state());
  }

  private WebvhVersion last(String log) {
    WebvhLog read = WebvhLog.read(log, scid(log), horizon());
    if (read.fault().isPresent()) {
      throw new IllegalArgumentException("the log does not hold: " + read.fault().get());
    }
    WebvhVersion last = read.versions().getLast();
    if (last.parameters().deactivated()) {
      throw new IllegalArgumentException("the DID was given up");
    }
    if (last.parameters().preRotates() || !last.parameters().witness().isNobody()) {
      throw new IllegalArgumentException(
          "logs with witnesses or promised keys are not written here");
    }
    if (!last.parameters().updateKeys().contains(signer.key().text())) {
      throw new IllegalArgumentException("this key may not write to the log");
    }
    return last;
  }

  /** What the log claims, which is then held against its first entry. */
  private static String scid(String log) {
    String first = log.split("\n", 2)[0];
    return CanonicalJson.read(first.getBytes(UTF_8)).path("parameters").path("scid").asString("");
  }

  private Published appended(
      String log, WebvhVersion last, ObjectNode parameters, ObjectNode state) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    String predecessor = last.entry().versionId();
    entry.put(ID, predecessor);
    Instant after = last.entry().time().plusSeconds(1);
    entry.put("versionTime", (now().isBefore(after) ? after : now()).toString());
    entry.set("parameters", parameters);
    entry.set("state", state);
    int number = Integer.parseInt(predecessor.substring(0, predecessor.indexOf('-'))) + 1;
    String before = log.endsWith("\n") ? log : log + "\n";
    return checked(before + line(entry, predecessor, number), last.parameters().scid());
  }

  private String line(ObjectNode entry, String predecessor, int number) {
    entry.put(ID, predecessor);
    entry.put(ID, number + "-" + Multihash.of(entry));
    ObjectNode proof =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "DataIntegrityProof")
            .put("cryptosuite", "eddsa-jcs-2022")
            .put("verificationMethod", "did:key:" + signer.key() + "#" + signer.key())
            .put("created", now().toString())
            .put("proofPurpose", "assertionMethod");
    byte[] signature = signer.sign(EddsaJcsHash.of(entry, proof));
    proof.put("proofValue", Multibase.BASE_58_BTC.encode(signature));
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
