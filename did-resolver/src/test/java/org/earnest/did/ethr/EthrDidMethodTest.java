package org.earnest.did.ethr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;
import org.earnest.did.DidMethodContract;
import org.junit.jupiter.api.Test;

class EthrDidMethodTest extends DidMethodContract {
  private static final String ADDRESS = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
  private static final String KEY =
      "0x038318535b54105d4a7aae60c08fc45f9687181b4fdfc625bd1a753fa7397fed75";
  private static final Caip2ChainId DEVNET = Caip2ChainId.eip155(31_337);

  @Override
  protected DidMethod method() {
    return new EthrDidMethod(List.of(EthrNetwork.withoutRegistry(DEVNET)));
  }

  @Override
  protected List<String> valid() {
    return List.of(
        "did:ethr:0x7a69:" + ADDRESS,
        "did:ethr:0x7a69:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "did:ethr:0x7a69:0xF39FD6E51AAD88F6F4CE6AB8827279CFFFB92266",
        "did:ethr:0x7a69:" + KEY);
  }

  @Override
  protected List<String> malformed() {
    return List.of(
        "did:ethr:0x7a69:" + ADDRESS + "00",
        "did:ethr:0x7a69:0xF39fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "did:ethr:0x7a69:" + ADDRESS.substring(2),
        "did:ethr:0x7a69:0x04" + KEY.substring(4),
        "did:ethr:0x7A69:" + ADDRESS,
        "did:ethr:0x0:" + ADDRESS,
        "did:ethr:0x7a69:0x02" + "f".repeat(64),
        "did:ethr:a:b:" + ADDRESS);
  }

  @Test
  void anAccountIsItsOwnController() {
    Did did = EthrDidMethod.didOf(new Caip10AccountId(DEVNET, new EvmAddress(ADDRESS)));
    assertThat(did.value()).isEqualTo("did:ethr:0x7a69:" + ADDRESS);
    DidDocument document = resolved(method().resolve(did));
    assertThat(document.verificationMethods())
        .containsExactly(
            new VerificationMethod.BlockchainAccount(
                did.fragment("controller"),
                did,
                new Caip10AccountId(DEVNET, new EvmAddress(ADDRESS))));
    assertThat(document.relationships())
        .containsOnlyKeys(
            VerificationRelationship.AUTHENTICATION, VerificationRelationship.ASSERTION_METHOD);
  }

  @Test
  void aPublicKeyListsItsAccountAndItself() {
    // The key of the first account of every development chain, whose address is well known.
    DidDocument document = resolved(method().resolve(new Did("did:ethr:0x7a69:" + KEY)));
    assertThat(document.verificationMethods())
        .hasSize(2)
        .anySatisfy(
            method ->
                assertThat(method)
                    .isInstanceOfSatisfying(
                        VerificationMethod.BlockchainAccount.class,
                        account ->
                            assertThat(account.account().address().hex()).isEqualTo(ADDRESS)));
  }

  @Test
  void aNetworkThatIsNotConfiguredIsNamed() {
    for (String did : List.of("did:ethr:" + ADDRESS, "did:ethr:gnosis:" + ADDRESS)) {
      assertRefused(method().resolve(new Did(did)), ErrorType.FEATURE_NOT_SUPPORTED);
    }
  }

  private static void assertRefused(DidResolution resolution, ErrorType error) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}
