package org.earnest.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.SelectiveFixture.changed;
import static org.earnest.credentials.SelectiveFixture.derived;
import static org.earnest.credentials.SelectiveFixture.issued;
import static org.earnest.credentials.SelectiveFixture.joined;
import static org.earnest.credentials.SelectiveFixture.octets;
import static org.earnest.credentials.SelectiveFixture.with;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.selective.DisclosedProofValue;
import org.earnest.credentials.selective.Signature;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Proofs of {@code ecdsa-sd-2023} taken apart and put together otherwise. */
class DisclosedProofTest {
  private static final int KEY = 1;
  private static final int SIGNATURES = 2;
  private static final int LABELS = 3;
  private static final int MANDATORY = 4;

  /** Each part of a proof is longer than this. */
  private static final int STRIDE = 5;

  private final SelectiveFixture fixture = new SelectiveFixture();
  private final ObjectNode base = base();
  private final ObjectNode shown =
      derived(base, "/credentialSubject/settled/0", "/credentialSubject/settled/1");

  private ObjectNode base() {
    ObjectNode json =
        AgentContext.credential("ReputationStatementCredential", NOW, NOW.plusSeconds(60));
    ObjectNode about = json.putObject("credentialSubject");
    about
        .putArray("settled")
        .add(about.objectNode().put("asset", "A").put("volume", "111"))
        .add(about.objectNode().put("asset", "B").put("volume", "222"));
    return issued(fixture.issuer().issue(bytes(json)));
  }

  private CredentialRefusal refusal(ObjectNode credential) {
    VerificationOutcome outcome = fixture.verify(credential);
    assertThat(outcome).isInstanceOf(VerificationOutcome.Refused.class);
    return ((VerificationOutcome.Refused) outcome).refusal();
  }

  private static void reverse(CBORObject array) {
    List<CBORObject> items = List.copyOf(array.getValues());
    for (int place = 0; place < items.size(); place++) {
      array.Set(place, items.get(items.size() - 1 - place));
    }
  }

  private DynamicTest refused(
      String name, CredentialRefusal expected, Consumer<CBORObject> change) {
    ObjectNode forged =
        changed(
            shown,
            components -> {
              change.accept(components);
              return components;
            });
    return DynamicTest.dynamicTest(name, () -> assertThat(refusal(forged)).isEqualTo(expected));
  }

  @Test
  void theseAreGoodBeforeTheyAreChanged() {
    assertThat(fixture.verify(shown)).isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(changed(shown, same -> same)).isEqualTo(shown);
  }

  @TestFactory
  Stream<DynamicTest> whatIsPutTogetherOtherwiseDoesNotVerify() {
    CredentialRefusal invalid = CredentialRefusal.PROOF_INVALID;
    CredentialRefusal malformed = CredentialRefusal.PROOF_MALFORMED;
    LocalSigner other = LocalSigner.randomDidKey(KeyType.P256);
    return Stream.of(
        refused("labels swapped", invalid, all -> swapLabels(all.get(LABELS))),
        refused("one label for two", malformed, all -> all.get(LABELS).Set(0, label(all, 1))),
        refused(
            "a label left out", invalid, all -> all.get(LABELS).Remove(CBORObject.FromObject(0))),
        refused("a label too many", invalid, all -> all.get(LABELS).Set(9, new byte[32])),
        refused("a short label", malformed, all -> all.get(LABELS).Set(0, new byte[31])),
        refused("a label by text", malformed, all -> all.get(LABELS).Add("c14n9", new byte[32])),
        refused("labels in an array", malformed, all -> all.Set(LABELS, CBORObject.NewArray())),
        refused("a signature too few", invalid, all -> all.get(SIGNATURES).RemoveAt(0)),
        refused(
            "a signature twice",
            invalid,
            all -> all.get(SIGNATURES).Add(all.get(SIGNATURES).get(0))),
        refused("signatures in another order", invalid, all -> reverse(all.get(SIGNATURES))),
        refused("a short signature", malformed, all -> all.get(SIGNATURES).Set(0, new byte[63])),
        refused("too many signatures", malformed, DisclosedProofTest::flood),
        refused("another's key", invalid, all -> all.Set(KEY, prefixed(other))),
        refused("no point", malformed, all -> all.Set(KEY, noPoint())),
        refused(
            "a key of Ed25519",
            malformed,
            all -> all.Set(KEY, HexFormat.of().parseHex("ed01" + "00".repeat(33)))),
        refused("nothing mandatory", invalid, all -> all.Set(MANDATORY, CBORObject.NewArray())),
        refused(
            "a place twice",
            malformed,
            all -> all.get(MANDATORY).Insert(0, all.get(MANDATORY).get(0))),
        refused("places that descend", malformed, all -> reverse(all.get(MANDATORY))),
        refused("a place beyond the end", invalid, all -> all.get(MANDATORY).Add(8_191)),
        refused("a place beyond all", malformed, all -> all.get(MANDATORY).Add(8_192)),
        refused("a huge place", malformed, all -> all.get(MANDATORY).Add(Long.MAX_VALUE)),
        refused("a negative place", malformed, all -> all.get(MANDATORY).Insert(0, -1)),
        refused("a place as a fraction", malformed, all -> all.get(MANDATORY).Insert(0, 0.5)),
        refused("a place as text", malformed, all -> all.get(MANDATORY).Add("7")),
        refused("a component too many", malformed, all -> all.Add(1)),
        refused("a component too few", malformed, all -> all.RemoveAt(MANDATORY)),
        refused("a tag", malformed, all -> all.Set(0, CBORObject.FromObjectAndTag(all.get(0), 64))),
        refused(
            "a tag of all",
            malformed,
            all -> all.Set(SIGNATURES, CBORObject.FromObjectAndTag(all.get(SIGNATURES), 99))));
  }

  private static void swapLabels(CBORObject labels) {
    CBORObject first = labels.get(CBORObject.FromObject(0));
    labels.Set(0, labels.get(CBORObject.FromObject(1)));
    labels.Set(1, first);
  }

  private static CBORObject label(CBORObject all, int number) {
    return all.get(LABELS).get(CBORObject.FromObject(number));
  }

  private static void flood(CBORObject all) {
    while (all.get(SIGNATURES).size() <= Signature.MAX_SIGNATURES) {
      all.get(SIGNATURES).Add(new byte[64]);
    }
  }

  private static byte[] prefixed(LocalSigner signer) {
    return Base58Btc.decode(signer.publicKeyMultibase(), 35).orElseThrow();
  }

  private static byte[] noPoint() {
    byte[] key = HexFormat.of().parseHex("8024" + "02" + "ff".repeat(32));
    assertThat(VerificationKey.parse(Base58Btc.encode(key))).isEmpty();
    return key;
  }

  /** Who holds no key of the issuer cannot put statements in by a key of the proof that is his. */
  @Test
  void anotherKeyOfTheProofSignsNothing() throws Exception {
    LocalSigner thief = LocalSigner.randomDidKey(KeyType.P256);
    ObjectNode more = shown.deepCopy();
    ((ObjectNode) more.at("/credentialSubject/settled/0")).put("volume", "999");
    ObjectNode forged =
        changed(
            more,
            all -> {
              CBORObject signatures = CBORObject.NewArray();
              quads(more).forEach(quad -> signatures.Add(thief.sign(quad.getBytes(UTF_8))));
              all.Set(KEY, prefixed(thief));
              all.Set(SIGNATURES, signatures);
              return all;
            });
    assertThat(refusal(forged)).isEqualTo(CredentialRefusal.PROOF_INVALID);
  }

  private static List<String> quads(ObjectNode credential) {
    try {
      ObjectNode unsecured = credential.deepCopy();
      unsecured.remove("proof");
      var parsed = DisclosedProofValue.parse(credential.at("/proof/proofValue").asString());
      var canonical =
          LinkedData.canonical(new LinkedData(SelectiveFixture.CONTEXTS).statements(unsecured));
      List<String> quads = parsed.labels().quads(canonical).orElseThrow();
      return Stream.iterate(0, place -> place < quads.size(), place -> place + 1)
          .filter(place -> !parsed.mandatory().get(place))
          .map(quads::get)
          .toList();
    } catch (InvalidCredentialException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @TestFactory
  Stream<DynamicTest> anotherSpellingIsRefused() {
    byte[] all = octets(shown);
    byte[] body = Arrays.copyOfRange(all, 3, all.length);
    byte[] after = Arrays.copyOf(all, all.length + 1);
    byte[] cut = Arrays.copyOf(all, all.length - 1);
    byte[] header = all.clone();
    header[2] = 2;
    byte[] endless = new byte[body.length + 1];
    System.arraycopy(body, 0, endless, 0, body.length);
    endless[0] = (byte) 0x9f;
    endless[body.length] = (byte) 0xff;
    byte[] longer = new byte[body.length + 1];
    System.arraycopy(body, 1, longer, 2, body.length - 1);
    longer[0] = (byte) 0x98;
    longer[1] = 5;
    return Map.of(
            "bytes after the end", after,
            "bytes missing", cut,
            "another header", header,
            "an array without a length", joined(all, endless),
            "a length longer than it must be", joined(all, longer),
            "a tag around all", joined(all, tagged(body)),
            "a key twice", joined(all, twice(body)),
            "nothing", new byte[0],
            "the header alone", Arrays.copyOf(all, 3))
        .entrySet()
        .stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(refusal(with(shown, entry.getValue())))
                            .isEqualTo(CredentialRefusal.PROOF_MALFORMED)));
  }

  private static byte[] tagged(byte[] body) {
    return CBORObject.FromObjectAndTag(CBORObject.DecodeFromBytes(body), 55_799).EncodeToBytes();
  }

  /** The map's first entry once more, and the map longer by one. */
  private static byte[] twice(byte[] body) {
    CBORObject all = CBORObject.DecodeFromBytes(body, new CBOREncodeOptions("keepkeyorder=true"));
    int labels = all.get(LABELS).size();
    int start = body.length - all.get(MANDATORY).EncodeToBytes().length;
    start -= all.get(LABELS).EncodeToBytes().length;
    assertThat(body[start]).isEqualTo((byte) (0xa0 + labels));
    byte[] entry = Arrays.copyOfRange(body, start + 1, start + 1 + 1 + 2 + 32);
    byte[] twice = new byte[body.length + entry.length];
    System.arraycopy(body, 0, twice, 0, start + 1);
    twice[start]++;
    System.arraycopy(entry, 0, twice, start + 1, entry.length);
    System.arraycopy(body, start + 1, twice, start + 1 + entry.length, body.length - start - 1);
    return twice;
  }

  /** Lengths that nobody has sent, and more levels than a stack has, are refused at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "9b7fffffffffffffff",
        "9a7fffffff",
        "855b7fffffffffffffff",
        "855a7fffffff00",
        "85bb7fffffffffffffff",
        "f97e00",
        "85f6f6f6f6f6",
        "a0",
        "80",
        "ff",
        "1c"
      })
  void hostileCborIsRefused(String hex) {
    ObjectNode hostile = with(shown, joined(octets(shown), HexFormat.of().parseHex(hex)));
    assertThat(refusal(hostile)).isEqualTo(CredentialRefusal.PROOF_MALFORMED);
  }

  @Test
  void deepCborIsRefused() {
    byte[] deep = new byte[150_000];
    Arrays.fill(deep, (byte) 0x81);
    assertThat(refusal(with(shown, joined(octets(shown), deep))))
        .isEqualTo(CredentialRefusal.PROOF_MALFORMED);
  }

  @Test
  void textThatIsNotItsOneSpellingIsRefused() {
    String value = shown.at("/proof/proofValue").asString();
    for (String other :
        List.of(
            "", "u", "a", value.substring(1), "z" + value.substring(1), value + "=", value + "!")) {
      ObjectNode forged = shown.deepCopy();
      ((ObjectNode) forged.get("proof")).put("proofValue", other);
      assertThat(refusal(forged)).as(other).isEqualTo(CredentialRefusal.PROOF_MALFORMED);
    }
  }

  /** Wherever a bit is another, nothing verifies. */
  @Test
  void noByteOfTheProofIsFree() {
    byte[] all = octets(shown);
    CredentialVerifier verifier = fixture.verifier().build();
    for (int place = 0; place < all.length; place += STRIDE) {
      byte[] flipped = all.clone();
      flipped[place] ^= 1;
      assertThat(verifier.verify(bytes(with(shown, flipped))))
          .as("byte " + place)
          .isInstanceOf(VerificationOutcome.Refused.class);
    }
  }

  @Test
  void eachBaseProofHasSecretsOfItsOwn() {
    CBORObject one = components(base);
    CBORObject other = components(base());
    assertThat(one.get(1)).isNotEqualTo(other.get(1));
    assertThat(one.get(2)).isNotEqualTo(other.get(2));
  }

  @Test
  void aBaseProofOfOtherStatementsIsNotDerivedFrom() {
    ObjectNode fewer =
        changed(
            base,
            all -> {
              all.get(3).RemoveAt(0);
              return all;
            });
    assertThat(SelectiveFixture.holder().derive(bytes(fewer), List.of("")))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.PROOF_MALFORMED));
    ObjectNode altered = base.deepCopy();
    ((ObjectNode) altered.at("/credentialSubject/settled/0")).put("volume", "999");
    assertThat(refusal(derived(altered, ""))).isEqualTo(CredentialRefusal.PROOF_INVALID);
  }

  private static CBORObject components(ObjectNode credential) {
    byte[] all = octets(credential);
    return CBORObject.DecodeFromBytes(Arrays.copyOfRange(all, 3, all.length));
  }
}
