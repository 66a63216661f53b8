package org.earnest.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "did:pkh:eip155:1:0xb9c5714089478a327f09197987f16f9e5d936e8a",
        "did:web:example.com%3A3000:user:alice",
        "did:example::a",
      })
  void readsWhatTheSyntaxAllows(String text) {
    assertThat(new Did(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "did",
        "did:",
        "did:key",
        "did:key:",
        "DID:key:z6Mk",
        "did:Key:z6Mk",
        "did:key:z6Mk#a",
        "did:key:z6Mk?a=b",
        "did:key:z6Mk/a",
        "did:key:z6Mk\n",
        "did:key:a%zz",
        "did:key:a:",
        " did:key:z6Mk",
      })
  void refusesWhatItDoesNot(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Did(text));
  }

  @Test
  void refusesALengthBeyondItsBound() {
    String longest = "did:key:" + "z".repeat(Did.MAX_LENGTH - "did:key:".length());
    assertThat(new Did(longest).method()).isEqualTo("key");
    assertThat(new Did("did:key:" + "%41".repeat(680)).method()).isEqualTo("key");
    assertThatIllegalArgumentException().isThrownBy(() -> new Did(longest + "z"));
  }

  @Test
  void partsOfADidAndOfItsUrl() {
    Did did = new Did("did:pkh:eip155:1:0xab");
    assertThat(did.method()).isEqualTo("pkh");
    assertThat(did.methodSpecificId()).isEqualTo("eip155:1:0xab");
    assertThat(did.fragment("controller").did()).isEqualTo(did);

    DidUrl url = DidUrl.parse("did:web:a.example/path/x?service=files&relativeRef=%2Fb#key-1");
    assertThat(url.did()).isEqualTo(new Did("did:web:a.example"));
    assertThat(url.path()).hasValue("/path/x");
    assertThat(url.query()).hasValue("service=files&relativeRef=%2Fb");
    assertThat(url.fragment()).hasValue("key-1");
    assertThat(url).hasToString("did:web:a.example/path/x?service=files&relativeRef=%2Fb#key-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "did:key:z6Mk#a b",
        "did:key:z6Mk#a#b",
        "did:key:z6Mk?a=\"",
        "did:key:z6Mk?a=%2",
        "did:key:z6Mk/<script>",
        "did:key:z6Mk/a\u00e4",
        "did:key#a",
        "#a",
      })
  void refusesAUrlThatTheSyntaxDoesNotAllow(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DidUrl.parse(text));
  }

  @Test
  void aLongUrlIsReadOrRefusedWithoutExhaustingTheStack() {
    assertThat(DidUrl.parse("did:key:z?" + "%41".repeat(670)).query()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DidUrl.parse("did:key:z#" + "a".repeat(Did.MAX_LENGTH)));
  }

  @Test
  void anAgentSurvivesItsText() {
    String text = "eip155:31337:0x5fbdb2315678afecb367f032d93f642f64180aa3:7";
    assertThat(AgentId.parse(text)).hasToString(text);
    String first = text.substring(0, text.length() - 1) + "0";
    assertThat(AgentId.parse(first)).hasToString(first);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AgentId(AgentId.parse(text).registry(), BigInteger.ONE.negate()));
    assertThatIllegalArgumentException().isThrownBy(() -> AgentId.parse(text + "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> AgentId.parse("7"));
  }
}
