package org.earnest.did.pkh;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;

/**
 * did:pkh for accounts of EVM chains (CAIP-10 in the namespace {@code eip155}). The document holds
 * no key: a signature is judged by recovering its account.
 */
public final class PkhDidMethod implements DidMethod {
  public static final String NAME = "pkh";
  private static final String EIP155 = "eip155";
  private static final String FRAGMENT = "blockchainAccountId";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    String[] parts = did.methodSpecificId().split(":", -1);
    if (parts.length != 3) {
      return refuse(
          ErrorType.INVALID_DID, "did:pkh:namespace:chain:account expected (a CAIP-10 account)");
    }
    if (!parts[0].equals(EIP155)) {
      return refuse(
          ErrorType.FEATURE_NOT_SUPPORTED, "only accounts of the namespace eip155 are supported");
    }
    try {
      return new DidResolution.Resolved(document(did, account(parts)));
    } catch (IllegalArgumentException refused) {
      return refuse(ErrorType.INVALID_DID, String.valueOf(refused.getMessage()));
    }
  }

  private static Caip10AccountId account(String[] parts) {
    return new Caip10AccountId(
        new Caip2ChainId(parts[0], parts[1]), ChecksumAddress.parse(parts[2]));
  }

  private static DidDocument document(Did did, Caip10AccountId account) {
    DidUrl id = did.fragment(FRAGMENT);
    return new DidDocument(
        did,
        Set.of(),
        List.of(new VerificationMethod.BlockchainAccount(id, did, account)),
        Map.of(
            VerificationRelationship.AUTHENTICATION,
            Set.of(id),
            VerificationRelationship.ASSERTION_METHOD,
            Set.of(id)),
        List.of());
  }

  private static DidResolution refuse(ErrorType error, String detail) {
    return new DidResolution.Refused(error, detail);
  }
}
