package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;

class DevAccountTest {
  @Test
  void theDeployerIsTheMnemonicsFirst() {
    assertThat(DevAccount.ALL.getFirst().address())
        .isEqualTo(new EvmAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"));
    assertThat(DevAccount.ALL.getLast().address())
        .isEqualTo(new EvmAddress("0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"));
  }

  @Test
  void signsForItsAddress() {
    assertThat(DevAccount.ALL)
        .allSatisfy(account -> assertThat(account.signer().address()).isEqualTo(account.address()));
  }

  @Test
  void doesNotShowItsKeyInPassing() {
    assertThat(DevAccount.ALL)
        .allSatisfy(account -> assertThat(account.toString()).doesNotContain(account.privateKey()));
  }
}
