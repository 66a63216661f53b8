package org.earnest.credentials.sdjwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** RFC 9901 §7.1, steps 3 to 6, against those who would cheat. */
class UnhiddenTest {
  private static Disclosure claim(String name, String value) {
    return Disclosure.of("salt", Optional.of(name), node(value));
  }

  private static Disclosure item(String value) {
    return Disclosure.of("salt", Optional.empty(), node(value));
  }

  private static JsonNode node(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private static String raw(String json) {
    return Disclosure.encode(json.getBytes(UTF_8));
  }

  /** A payload in which each {0}, {1}… is the digest of the disclosure at that place. */
  private static ObjectNode shown(String payload, Disclosure... disclosures) throws Exception {
    List<String> texts = java.util.Arrays.stream(disclosures).map(Disclosure::text).toList();
    return DisclosedClaims.of(payload(payload, texts), texts);
  }

  private static ObjectNode payload(String payload, List<String> texts) {
    String json = payload;
    for (int i = 0; i < texts.size(); i++) {
      json = json.replace("{" + i + "}", Disclosure.digest(texts.get(i)));
    }
    return (ObjectNode) node(json);
  }

  private static void assertRefused(String payload, String... texts) {
    assertThatThrownBy(() -> DisclosedClaims.of(payload(payload, List.of(texts)), List.of(texts)))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(CredentialRefusal.DISCLOSURE_INVALID));
  }

  @Test
  void claimsWithinClaimsComeBack() throws Exception {
    Disclosure city = claim("city", "\"Stuttgart\"");
    Disclosure address =
        claim("address", "{\"country\":\"DE\",\"_sd\":[\"%s\"]}".formatted(city.digest()));
    assertThat(shown("{\"_sd\":[\"{0}\"]}", address, city).toString())
        .isEqualTo("{\"address\":{\"country\":\"DE\",\"city\":\"Stuttgart\"}}");
    assertThat(shown("{\"_sd\":[\"{0}\"]}", address).toString())
        .isEqualTo("{\"address\":{\"country\":\"DE\"}}");
  }

  @Test
  void itemsAndDecoysAndWhatIsNotShownLeaveNothing() throws Exception {
    assertThat(
            shown(
                    "{\"list\":[\"a\",{\"...\":\"{0}\"},{\"...\":\"decoy\"}],\"_sd\":[\"x\",\"y\"],"
                        + "\"_sd_alg\":\"sha-256\"}",
                    item("\"b\""))
                .toString())
        .isEqualTo("{\"list\":[\"a\",\"b\"]}");
  }

  @Test
  void aDisclosureThatNothingReferencesIsRefused() {
    assertRefused("{\"_sd\":[\"other\"]}", claim("a", "1").text());
    assertRefused("{}", claim("a", "1").text());
    Disclosure inner = claim("b", "2");
    assertRefused("{\"a\":\"%s\"}".formatted(inner.digest()), inner.text());
  }

  @Test
  void aDisclosureOrDigestThatComesTwiceIsRefused() {
    String once = claim("a", "1").text();
    assertRefused("{\"_sd\":[\"{0}\"]}", once, once);
    assertRefused("{\"_sd\":[\"{0}\",\"{0}\"]}", once);
    assertRefused("{\"_sd\":[\"{0}\"],\"b\":{\"_sd\":[\"{0}\"]}}", once);
    assertRefused("{\"_sd\":[\"decoy\",\"decoy\"]}");
    assertRefused("{\"list\":[{\"...\":\"decoy\"}],\"_sd\":[\"decoy\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_sd", "..."})
  void aReservedNameIsRefused(String name) {
    assertRefused("{\"_sd\":[\"{0}\"]}", raw("[\"salt\",\"%s\",[]]".formatted(name)));
  }

  @Test
  void aClaimThatIsThereAlreadyIsRefused() {
    assertRefused("{\"a\":0,\"_sd\":[\"{0}\"]}", claim("a", "1").text());
    assertRefused("{\"_sd\":[\"{0}\",\"{1}\"]}", claim("a", "1").text(), claim("a", "2").text());
  }

  @Test
  void aDisclosureInTheWrongPlaceIsRefused() {
    assertRefused("{\"_sd\":[\"{0}\"]}", item("1").text());
    assertRefused("{\"list\":[{\"...\":\"{0}\"}]}", claim("a", "1").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"list\":[{\"...\":\"x\",\"more\":1}]}",
        "{\"list\":[{\"...\":7}]}",
        "{\"...\":\"x\"}",
        "{\"a\":{\"...\":\"x\"}}",
        "{\"_sd\":\"x\"}",
        "{\"_sd\":[7]}",
        "{\"_sd\":{}}",
        "{\"_sd_alg\":\"md5\"}",
        "{\"_sd_alg\":\"SHA-256\"}",
        "{\"_sd_alg\":7}"
      })
  void aPayloadThatCouldNotBeIssuedIsRefused(String payload) {
    assertRefused(payload);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"salt\"]",
        "[\"salt\",\"a\",1,2]",
        "[7,\"a\",1]",
        "[\"salt\",7,1]",
        "{}",
        "\"text\"",
        "[\"salt\",\"a\",{\"b\":1,\"b\":2}]",
        "[\"salt\",\"a\",1]}",
        "[\"salt\",\"a\",1],\"x\":[1]",
        "[\"salt\",\"a\",1] [2]",
        "[\"salt\",\"a\",\"\\ud800\"]"
      })
  void whatIsNoDisclosureIsRefused(String json) {
    assertRefused("{\"_sd\":[\"{0}\"]}", raw(json));
  }

  @Test
  void aTextThatIsNotBase64urlIsRefused() {
    assertRefused("{\"_sd\":[\"{0}\"]}", claim("a", "1").text() + "=");
    assertRefused("{\"_sd\":[\"{0}\"]}", "*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a~~b~", "a~b~~"})
  void aWholeThatHasHolesIsRefused(String compact) {
    assertThatThrownBy(() -> SdJwt.parse(compact)).isInstanceOf(InvalidCredentialException.class);
  }

  @Test
  void tooManyDisclosuresAreRefusedBeforeAnyIsRead() {
    String many = "a" + "~b".repeat(SdJwt.MAX_DISCLOSURES + 1) + "~";
    assertThatThrownBy(() -> SdJwt.parse(many)).isInstanceOf(InvalidCredentialException.class);
  }
}
