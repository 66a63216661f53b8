package org.earnest.did.webvh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apicatalog.multibase.Multibase;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes logs as the specification tells controllers to, and as it forbids. */
final class LogWriter {
  static final String HOST = "agent.example";
  private static final JsonMapper JSON = JsonMapper.shared();
  private final List<ObjectNode> entries = new ArrayList<>();
  private String last = "{SCID}";
  private String scid = "{SCID}";

  String did() {
    return "did:webvh:" + scid + ":" + HOST;
  }

  String versionId(int index) {
    return entries.get(index).path("versionId").stringValue();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry).append('\n'));
    return text.toString();
  }

  ObjectNode entry(int index) {
    return entries.get(index);
  }

  void append(ObjectNode entry) {
    entries.add(entry);
  }

  /** Parameters of a first entry. */
  static ObjectNode inception(WebvhKey... keys) {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("method", "did:webvh:1.0").put("scid", "{SCID}");
    Arrays.stream(keys).forEach(key -> parameters.withArray("updateKeys").add(key.text()));
    return parameters;
  }

  static ObjectNode update(WebvhKey... keys) {
    ObjectNode parameters = JSON.createObjectNode();
    Arrays.stream(keys).forEach(key -> parameters.withArray("updateKeys").add(key.text()));
    return parameters;
  }

  LogWriter write(WebvhKey signer, ObjectNode parameters) {
    return write(signer, parameters, entry -> {});
  }

  /** Writes an entry that a change was made to before it is hashed and signed. */
  LogWriter write(WebvhKey signer, ObjectNode parameters, Consumer<ObjectNode> change) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("versionId", last);
    entry.put("versionTime", "2026-01-01T00:00:%02dZ".formatted(entries.size()));
    entry.set("parameters", parameters);
    entry.putObject("state").put("id", did());
    change.accept(entry);
    if (entries.isEmpty()) {
      scid = hash(entry);
      entry = (ObjectNode) JSON.readTree(entry.toString().replace("{SCID}", scid));
    }
    entry.put("versionId", (entries.size() + 1) + "-" + hash(entry));
    entry.putArray("proof").add(proof(signer, entry));
    entries.add(entry);
    last = entry.path("versionId").stringValue();
    return this;
  }

  /** Signs an entry anew, whatever it says. */
  static void sign(WebvhKey signer, ObjectNode entry) {
    entry.remove("proof");
    ObjectNode proof = proof(signer, entry);
    entry.putArray("proof").add(proof);
  }

  static ObjectNode proof(WebvhKey signer, ObjectNode document) {
    ObjectNode proof = JSON.createObjectNode();
    proof
        .put("type", "DataIntegrityProof")
        .put("cryptosuite", "eddsa-jcs-2022")
        .put("verificationMethod", signer.did() + "#" + signer.text())
        .put("created", "2026-01-01T00:00:00Z")
        .put("proofPurpose", "assertionMethod");
    ObjectNode unsecured = document.deepCopy();
    unsecured.remove("proof");
    byte[] message = new byte[64];
    System.arraycopy(sha256(canonical(proof)), 0, message, 0, 32);
    System.arraycopy(sha256(canonical(unsecured)), 0, message, 32, 32);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(signer.secret(), 0, message, 0, message.length, signature, 0);
    return proof.put("proofValue", Multibase.BASE_58_BTC.encode(signature));
  }

  /** Witnesses' approvals of the version of this index. */
  ObjectNode approval(int index, WebvhKey... witnesses) {
    ObjectNode document = JSON.createObjectNode().put("versionId", versionId(index));
    ObjectNode approval = document.deepCopy();
    ArrayNode proofs = approval.putArray("proof");
    Arrays.stream(witnesses).forEach(witness -> proofs.add(proof(witness, document)));
    return approval;
  }

  static ObjectNode witness(int threshold, WebvhKey... witnesses) {
    ObjectNode list = JSON.createObjectNode().put("threshold", threshold);
    Arrays.stream(witnesses)
        .forEach(witness -> list.withArray("witnesses").addObject().put("id", witness.did()));
    return list;
  }

  static String hash(WebvhKey key) {
    return hash(key.text().getBytes(UTF_8));
  }

  private static String hash(ObjectNode json) {
    return hash(canonical(json));
  }

  private static String hash(byte[] bytes) {
    byte[] multihash = new byte[34];
    multihash[0] = 0x12;
    multihash[1] = 0x20;
    System.arraycopy(sha256(bytes), 0, multihash, 2, 32);
    return Multibase.BASE_58_BTC.encode(multihash).substring(1);
  }

  private static byte[] canonical(ObjectNode json) {
    try {
      return new JsonCanonicalizer(json.toString()).getEncodedUTF8();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
