package org.earnest.cli.demo;

import java.util.Locale;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.devnet.DevAccount;

/** A buyer or a seller: a wallet and the two identifiers that follow from it. */
record Party(String name, LocalSigner signer, Did pkh, Did ethr) {
  static Party of(DevAccount account, Caip2ChainId chain) {
    String address = account.address().hex();
    String hexChain = "0x" + Long.toHexString(chain.eip155Reference());
    return new Party(
        account.role().name().toLowerCase(Locale.ROOT),
        account.signer(),
        Did.pkh(new Caip10AccountId(chain, account.address())),
        new Did("did:ethr:" + hexChain + ":" + address));
  }

  EvmAddress address() {
    return signer.address();
  }
}
