package org.earnest.escrow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bindings.call.Funding.Overload;
import org.earnest.escrow.decide.OpenRequest;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.Test;

/** Which of the token's two functions a body asks for. */
class BodiesTest {
  private static final int KEY = 65;

  @Test
  void takesTheOverloadThatTheBodyNames() {
    assertThat(overload(KEY, "bytes")).isEqualTo(Overload.BYTES);
    assertThat(overload(KEY, "vrs")).isEqualTo(Overload.VRS);
    assertThat(overload(KEY + 1, "bytes")).isEqualTo(Overload.BYTES);
  }

  @Test
  void takesWhatIsUsualWhereTheBodyNamesNone() {
    assertThat(overload(KEY, "")).isEqualTo(Overload.VRS);
    assertThat(overload(KEY - 1, "")).isEqualTo(Overload.BYTES);
  }

  @Test
  void refusesThreePartsOfWhatIsNoKeysAndWhatIsNeither() {
    for (int bytes : new int[] {0, KEY - 1, KEY + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> overload(bytes, "vrs"))
          .withMessageContaining("65 bytes");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> overload(KEY, "neither"));
  }

  private static Overload overload(int signatureBytes, String named) {
    Map<String, Object> authorization = new LinkedHashMap<>();
    authorization.put("validBefore", "1");
    authorization.put("signature", "0x" + "11".repeat(signatureBytes));
    if (!named.isEmpty()) {
      authorization.put("overload", named);
    }
    byte[] body = StrictJson.write(Map.of("authorization", authorization));
    return ((OpenRequest.Authorization)
            Bodies.payment(new Members(StrictJson.readTree(body), "body")))
        .overload();
  }
}
