package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.bytes;

import com.upokecenter.cbor.CBORObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.selective.Pointers;
import org.earnest.testkit.identity.InMemoryDidResolver;
import tools.jackson.databind.node.ObjectNode;

/** An issuer by {@code ecdsa-sd-2023}, a holder, and proof values taken apart. */
public final class SelectiveFixture {
  public static final KnownContexts CONTEXTS = AgentContext.known();
  public static final EcdsaSdCryptosuite SUITE = EcdsaSdCryptosuite.of(new LinkedData(CONTEXTS));
  private static final int HEADER = 3;

  public final LocalSigner signer = LocalSigner.randomDidKey(KeyType.P256);

  public CredentialIssuer issuer(String... mandatory) {
    Pointers pointers = new Pointers(new LinkedHashSet<>(List.of(mandatory)));
    return new CredentialIssuer(signer, SUITE.mandatory(pointers), CONTEXTS, CLOCK);
  }

  public DidResolver resolver() {
    return new InMemoryDidResolver()
        .with(
            CredentialFixture.document(
                signer.verificationMethod(),
                signer.publicKeyMultibase(),
                VerificationRelationship.ASSERTION_METHOD,
                VerificationRelationship.AUTHENTICATION));
  }

  public CredentialVerifier.Builder verifier() {
    return CredentialVerifier.builder(resolver(), CONTEXTS, CLOCK);
  }

  public VerificationOutcome verify(ObjectNode credential) {
    return verifier().build().verify(bytes(credential));
  }

  /** A holder; deriving needs no key. */
  public static Holder holder() {
    return new CredentialFixture().holder();
  }

  public static ObjectNode derived(ObjectNode credential, String... pointers) {
    return issued(holder().derive(bytes(credential), List.of(pointers)));
  }

  public static ObjectNode issued(IssueOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
    return ((IssueOutcome.Issued) outcome).credential();
  }

  /** The bytes of the proof's value, with their header. */
  static byte[] octets(ObjectNode credential) {
    String value = credential.at("/proof/proofValue").asString();
    return Base64.getUrlDecoder().decode(value.substring(1));
  }

  static ObjectNode with(ObjectNode credential, byte[] octets) {
    ObjectNode changed = credential.deepCopy();
    ((ObjectNode) changed.get("proof"))
        .put("proofValue", "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    return changed;
  }

  static ObjectNode changed(ObjectNode credential, UnaryOperator<CBORObject> change) {
    byte[] all = octets(credential);
    CBORObject components = CBORObject.DecodeFromBytes(Arrays.copyOfRange(all, HEADER, all.length));
    return with(credential, joined(all, change.apply(components).EncodeToBytes()));
  }

  static byte[] joined(byte[] withHeader, byte[] body) {
    byte[] joined = Arrays.copyOf(withHeader, HEADER + body.length);
    System.arraycopy(body, 0, joined, HEADER, body.length);
    return joined;
  }
}
