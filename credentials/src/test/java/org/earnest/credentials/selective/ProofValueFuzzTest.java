package org.earnest.credentials.selective;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * The CBOR of selective disclosure's proof values, made up by Jazzer: what is read can be written
 * and read again, and nothing but refusals comes of the rest. (Labels may come in any order, and a
 * pointer twice.) Without {@code JAZZER_FUZZ=1} the inputs that were kept are played again.
 */
class ProofValueFuzzTest {
  private static final byte[] BASE = {(byte) 0xd9, 0x5d, 0x00};
  private static final byte[] DISCLOSED = {(byte) 0xd9, 0x5d, 0x01};

  @FuzzTest
  void base(byte[] body) {
    String value = value(BASE, body);
    try {
      String written = BaseProofValue.parse(value).write();
      assertThat(BaseProofValue.parse(written).write()).isEqualTo(written);
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  @FuzzTest
  void disclosed(byte[] body) {
    String value = value(DISCLOSED, body);
    try {
      String written = DisclosedProofValue.parse(value).write();
      assertThat(DisclosedProofValue.parse(written).write()).isEqualTo(written);
    } catch (InvalidCredentialException refused) {
      assertThat(refused.detail()).isNotBlank();
    }
  }

  /** The header is given, which the fuzzer does not have to find. */
  private static String value(byte[] header, byte[] body) {
    byte[] all = ByteBuffer.allocate(header.length + body.length).put(header).put(body).array();
    return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }
}
