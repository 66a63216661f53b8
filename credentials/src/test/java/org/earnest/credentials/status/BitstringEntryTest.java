package org.earnest.credentials.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bitstring Status List 1.0 §2.1: what an entry may say. */
class BitstringEntryTest {
  private static final URI LIST = URI.create("https://issuer.example/status-lists/1");
  private static final int INDEX = 94_567;

  private static void assertRefused(ObjectNode status, CredentialRefusal refusal) {
    assertThatThrownBy(() -> BitstringEntry.parse(status))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            refused -> assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'statusListIndex':5}",
        "{'statusListIndex':true}",
        "{'statusListIndex':'-1'}",
        "{'statusListIndex':'01'}",
        "{'statusListIndex':''}",
        "{'statusListIndex':'\u0661'}",
        "{'statusListIndex':'00000000000000000000'}",
        "{'statusListIndex':'0x1'}",
        "{'statusListIndex':'1e3'}",
        "{'statusListCredential':'not a url'}",
        "{'statusListCredential':5}",
        "{'statusPurpose':['revocation']}",
        "{'statusSize':0}",
        "{'statusSize':'1'}",
        "{'statusSize':2}",
        "{'statusMessage':[{'status':'0x0','message':'a'}]}",
        "{'statusMessage':[{'status':'0x0','message':'a'},{'status':'0x0','message':'b'}]}",
        "{'statusMessage':[{'status':'0','message':'a'},{'status':'1','message':'b'}]}",
        "{'statusPurpose':'message'}",
        "{'statusReference':7}",
        "{'id':'https://issuer.example/status-lists/1'}"
      })
  void aMalformedStatusIsRefused(String members) {
    ObjectNode status = new BitstringEntry(StatusPurpose.REVOCATION, INDEX, LIST).json();
    status.setAll((ObjectNode) JsonMapper.shared().readTree(members.replace('\'', '"')));
    assertRefused(status, CredentialRefusal.STATUS_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'statusPurpose':'fashion'}", "{'statusSize':9}"})
  void whatIsNotKnownIsRefused(String members) {
    ObjectNode status = new BitstringEntry(StatusPurpose.REVOCATION, INDEX, LIST).json();
    status.setAll((ObjectNode) JsonMapper.shared().readTree(members.replace('\'', '"')));
    assertRefused(status, CredentialRefusal.STATUS_UNSUPPORTED);
  }

  @Test
  void anEntryOfAnotherTypeIsNotRead() {
    ObjectNode status =
        new BitstringEntry(StatusPurpose.REVOCATION, INDEX, LIST)
            .json()
            .put("type", "StatusList2021Entry");
    assertRefused(status, CredentialRefusal.STATUS_UNSUPPORTED);
  }
}
