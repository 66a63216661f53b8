package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that is away skips; anything else that npm says fails. */
class StockPackagesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm error code EAI_FAIL",
        "npm error code E503",
        "npm error code ERR_SOCKET_TIMEOUT",
        "npm error code SELF_SIGNED_CERT_IN_CHAIN",
        "npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "npm error code E407"
      })
  void isTheNetworks(String errors) {
    assertThat(StockPackages.isNetwork(errors)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"npm error code EUSAGE", "npm error code EINTEGRITY", "npm error code E404"})
  void isOurs(String errors) {
    assertThat(StockPackages.isNetwork(errors)).isFalse();
  }
}
