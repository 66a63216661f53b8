package org.earnest.credentials.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.selective.BaseProofValue;
import org.earnest.credentials.selective.DisclosedProofValue;
import org.earnest.credentials.selective.LabelledDocument;
import org.earnest.credentials.selective.Pointers;
import org.earnest.credentials.selective.Signature;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ecdsa-sd-2023} (Data Integrity ECDSA Cryptosuites 1.0 §3.6): the issuer signs a
 * credential's statements one by one, so that its holder can show some of them. What the issuer
 * makes is for the holder alone, and refused as a proof; what the holder {@link #derive}s from it
 * is judged. Those who are shown parts of one credential can tell that they are of one.
 */
public final class EcdsaSdCryptosuite implements Cryptosuite {
  public static final String NAME = "ecdsa-sd-2023";

  /**
   * Members that are always shown where a credential has them: without them it would be somebody
   * else's, hold for longer than it does, or be of another shape than was promised.
   */
  public static final List<String> ALWAYS_SHOWN =
      List.of(
          "issuer",
          "validFrom",
          "validUntil",
          "credentialStatus",
          "credentialSchema",
          "termsOfUse");

  private static final Set<KeyType> KEY_TYPES = Set.of(KeyType.P256);
  private final LinkedData linked;
  private final Pointers mandatory;
  private final Supplier<BaseProofSecrets> secrets;

  EcdsaSdCryptosuite(LinkedData linked, Pointers mandatory, Supplier<BaseProofSecrets> secrets) {
    this.linked = linked;
    this.mandatory = mandatory;
    this.secrets = secrets;
  }

  /** The suite; what it proves may be shown without anything but {@link #ALWAYS_SHOWN}. */
  public static EcdsaSdCryptosuite of(LinkedData linked) {
    return new EcdsaSdCryptosuite(linked, Pointers.NONE, BaseProofSecrets::random);
  }

  /** The same, but what it proves is never shown without what these pointers lead to. */
  public EcdsaSdCryptosuite mandatory(Pointers pointers) {
    return new EcdsaSdCryptosuite(linked, pointers, secrets);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<KeyType> keyTypes() {
    return KEY_TYPES;
  }

  /**
   * Makes a base proof.
   *
   * @throws InvalidCredentialException {@code SELECTION_INVALID} where a mandatory pointer leads to
   *     nothing; or as {@link LabelledDocument#of}
   */
  @Override
  public ObjectNode prove(ObjectNode unsecured, ObjectNode options, DidSigner signer)
      throws InvalidCredentialException {
    SignerKeys.typeOf(signer, this);
    requireAlone(unsecured, options);
    BaseProofSecrets once = secrets.get();
    LabelledDocument document = LabelledDocument.of(unsecured, once.labels(), linked);
    Pointers always = mandatory.and(alwaysShown(unsecured));
    BitSet shown = document.select(always);
    List<String> others = others(document.quads(), shown);
    if (others.size() > Signature.MAX_SIGNATURES) {
      throw new InvalidCredentialException(
          CredentialRefusal.TOO_COMPLEX,
          "at most " + Signature.MAX_SIGNATURES + " statements can be disclosed one by one");
    }
    List<Signature> signatures = new ArrayList<>();
    for (String quad : others) {
      signatures.add(new Signature(once.signer().sign(quad.getBytes(UTF_8))));
    }
    String proofKey = once.signer().publicKeyMultibase();
    byte[] signed =
        signedByIssuer(unsecured, options, proofKey, those(document.quads(), shown), linked);
    BaseProofValue value =
        new BaseProofValue(
            new Signature(signer.sign(signed)), proofKey, once.labels(), signatures, always);
    return options.deepCopy().put(DataIntegrityProof.VALUE, value.write());
  }

  private static Pointers alwaysShown(ObjectNode unsecured) throws InvalidCredentialException {
    return Pointers.of(
        ALWAYS_SHOWN.stream().filter(unsecured::has).map(name -> "/" + name).toList());
  }

  @Override
  public void requireWellFormed(String proofValue) throws InvalidCredentialException {
    if (BaseProofValue.isOne(proofValue)) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_NOT_DERIVED,
          "the proof is the issuer's base proof, from which the holder must derive one to show");
    }
    DisclosedProofValue.parse(proofValue);
  }

  @Override
  public boolean verifies(ObjectNode unsecured, ObjectNode proof, VerificationKey key)
      throws InvalidCredentialException {
    requireAlone(unsecured, proof);
    DisclosedProofValue value =
        DisclosedProofValue.parse(proof.path(DataIntegrityProof.VALUE).asString(""));
    Optional<List<String>> labelled =
        value.labels().quads(LinkedData.canonical(linked.statements(unsecured)));
    if (labelled.isEmpty() || value.mandatory().length() > labelled.get().size()) {
      return false;
    }
    List<String> others = others(labelled.get(), value.mandatory());
    if (others.size() != value.signatures().size()) {
      return false;
    }
    List<String> mandatoryQuads = those(labelled.get(), value.mandatory());
    byte[] signed = signedByIssuer(unsecured, proof, value.proofKey(), mandatoryQuads, linked);
    // The issuer's comes first: nobody else may make us judge a thousand more.
    return value.signature().isOf(key, signed) && areSigned(others, value);
  }

  private static boolean areSigned(List<String> quads, DisclosedProofValue value) {
    VerificationKey proofKey = VerificationKey.parse(value.proofKey()).orElseThrow();
    for (int place = 0; place < quads.size(); place++) {
      if (!value.signatures().get(place).isOf(proofKey, quads.get(place).getBytes(UTF_8))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes the part of a credential that its holder shows, with a proof of just that. Whether the
   * issuer's proof is good is not judged; whoever is shown the part does.
   *
   * @param unsecured the credential without proof
   * @param base the issuer's proof; not changed
   * @param selected what to show beside what is mandatory
   * @return a credential with its proof
   * @throws InvalidCredentialException {@code PROOF_MALFORMED} where it is no base proof of this
   *     credential, {@code SELECTION_INVALID} where a pointer cannot be followed
   */
  public ObjectNode derive(ObjectNode unsecured, ObjectNode base, Pointers selected)
      throws InvalidCredentialException {
    requireAlone(unsecured, base);
    BaseProofValue value = BaseProofValue.parse(base.path(DataIntegrityProof.VALUE).asString(""));
    LabelledDocument document = LabelledDocument.of(unsecured, value.labelKey(), linked);
    BitSet always = document.select(value.mandatory());
    Pointers both = value.mandatory().and(selected);
    BitSet shown = document.select(both);
    if (shown.isEmpty()) {
      throw new InvalidCredentialException(
          CredentialRefusal.SELECTION_INVALID, "nothing is selected, and nothing is mandatory");
    }
    shown.or(always);
    DisclosedProofValue disclosed =
        new DisclosedProofValue(
            value.signature(),
            value.proofKey(),
            kept(value.signatures(), document.quads().size(), always, shown),
            document.labels(both),
            among(always, shown));
    ObjectNode revealed = document.reveal(both);
    revealed.set("proof", base.deepCopy().put(DataIntegrityProof.VALUE, disclosed.write()));
    return revealed;
  }

  /** The signatures of what is shown, of one for each statement that is not mandatory. */
  private static List<Signature> kept(
      List<Signature> signatures, int statements, BitSet always, BitSet shown)
      throws InvalidCredentialException {
    if (signatures.size() != statements - always.cardinality()) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_MALFORMED,
          "proof.proofValue has signatures of other statements than the credential's");
    }
    List<Signature> kept = new ArrayList<>();
    int next = 0;
    for (int place = 0; place < statements; place++) {
      if (!always.get(place)) {
        if (shown.get(place)) {
          kept.add(signatures.get(next));
        }
        next++;
      }
    }
    return kept;
  }

  /** The places of the mandatory statements among those that are shown. */
  private static BitSet among(BitSet always, BitSet shown) {
    BitSet places = new BitSet();
    int next = 0;
    for (int place = shown.nextSetBit(0); place >= 0; place = shown.nextSetBit(place + 1)) {
      places.set(next++, always.get(place));
    }
    return places;
  }

  private static List<String> those(List<String> quads, BitSet places) {
    return places.stream().mapToObj(quads::get).toList();
  }

  private static List<String> others(List<String> quads, BitSet places) {
    BitSet rest = (BitSet) places.clone();
    rest.flip(0, quads.size());
    return those(quads, rest);
  }

  /** Hash of the configuration, the key of the proof, hash of the mandatory statements (§3.5.1). */
  private static byte[] signedByIssuer(
      ObjectNode unsecured,
      ObjectNode proof,
      String proofKey,
      List<String> mandatory,
      LinkedData linked)
      throws InvalidCredentialException {
    KeyType type = KeyType.P256;
    byte[] configuration = ProofConfiguration.canonical(unsecured, proof, type.digest(), linked);
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(type.hash(configuration));
    signed.writeBytes(Base58Btc.decode(proofKey, DisclosedProofValue.KEY_BYTES).orElseThrow());
    signed.writeBytes(type.hash(String.join("", mandatory).getBytes(UTF_8)));
    return signed.toByteArray();
  }

  /**
   * Refuses chains of proofs, as the specification says nothing of the parts of another proof; and
   * presentations, which are for one verifier and are shown whole.
   */
  private static void requireAlone(ObjectNode unsecured, ObjectNode proof)
      throws InvalidCredentialException {
    boolean assertion =
        proof
            .path("proofPurpose")
            .asString("")
            .equals(VerificationRelationship.ASSERTION_METHOD.property());
    if (!assertion || unsecured.has("proof") || proof.has("previousProof")) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_UNSUPPORTED,
          NAME + " secures credentials, and builds upon no other proof");
    }
  }
}
