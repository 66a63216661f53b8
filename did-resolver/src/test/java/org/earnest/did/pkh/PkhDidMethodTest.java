package org.earnest.did.pkh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;
import org.earnest.did.DidMethodContract;
import org.junit.jupiter.api.Test;

class PkhDidMethodTest extends DidMethodContract {
  private static final String ACCOUNT = "eip155:1:0xb9c5714089478a327f09197987f16f9e5d936e8a";

  @Override
  protected DidMethod method() {
    return new PkhDidMethod();
  }

  @Override
  protected List<String> valid() {
    return List.of(
        "did:pkh:" + ACCOUNT,
        "did:pkh:eip155:31337:0xB9C5714089478a327F09197987f16f9E5d936E8a",
        "did:pkh:eip155:31337:0xB9C5714089478A327F09197987F16F9E5D936E8A");
  }

  @Override
  protected List<String> malformed() {
    return List.of(
        "did:pkh:eip155:1:0xb9c5",
        "did:pkh:eip155:1:0xb9C5714089478a327F09197987f16f9E5d936E8a",
        "did:pkh:eip155:0:0xb9c5714089478a327f09197987f16f9e5d936e8a",
        "did:pkh:eip155:0x1:0xb9c5714089478a327f09197987f16f9e5d936e8a",
        "did:pkh:eip155:1",
        "did:pkh:eip155:1:1:0xb9c5714089478a327f09197987f16f9e5d936e8a");
  }

  @Test
  void theAccountAuthenticatesAndAsserts() {
    Did did = Did.pkh(Caip10AccountId.parse(ACCOUNT));
    var document = resolved(method().resolve(did));
    assertThat(document.verificationMethods())
        .containsExactly(
            new VerificationMethod.BlockchainAccount(
                did.fragment("blockchainAccountId"), did, Caip10AccountId.parse(ACCOUNT)));
    assertThat(document.relationships())
        .containsOnlyKeys(
            VerificationRelationship.AUTHENTICATION, VerificationRelationship.ASSERTION_METHOD);
  }

  @Test
  void otherNamespacesAreNamedAsNotSupported() {
    assertThat(
            method()
                .resolve(
                    new Did(
                        "did:pkh:solana:4sGjMW1sUnHzSxGspuhpqLDx6wiyjNtZ"
                            + ":CKg5d12Jhpej1JqtmxLJgaFqqeYjxgPqToJ4LBdvG9Ev")))
        .isInstanceOfSatisfying(
            DidResolution.Refused.class,
            refused -> assertThat(refused.error()).isEqualTo(ErrorType.FEATURE_NOT_SUPPORTED));
  }
}
