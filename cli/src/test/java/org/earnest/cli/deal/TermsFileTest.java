package org.earnest.cli.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.core.deal.DealTerms;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermsFileTest {
  @TempDir Path folder;
  private final SampleDeal sample = SampleDeal.read();

  private StartupException refusal(Path file) {
    return catchThrowableOfType(StartupException.class, () -> TermsFile.read(file));
  }

  private StartupException refusal() {
    return refusal(sample.writeTo(folder));
  }

  @Test
  void readsTheSample() {
    DealTerms terms = TermsFile.read(SampleDeal.FILE);
    assertThat(terms.total()).isEqualTo(BigInteger.valueOf(1_020_000_000));
    assertThat(terms.legs().getFirst().agentId()).isZero();
    assertThat(terms.head().joinBy()).isEqualTo(1_922_400_000);
  }

  @Test
  void readsSumsOfEighteenDecimalsAsText() {
    sample.leg().put("amount", "123456789012345678901234");
    assertThat(TermsFile.read(sample.writeTo(folder)).legs().getFirst().amount())
        .isEqualTo(new BigInteger("123456789012345678901234"));
  }

  @Test
  void namesAMemberThatItDoesNotKnow() {
    sample.leg().put("penalty", "1");
    StartupException refusal = refusal();
    assertThat(refusal.code()).isEqualTo("terms_unknown_member");
    assertThat(refusal).hasMessage("terms.legs[0] has no member \"penalty\"");
    assertThat(refusal.remedy()).contains("penaltyMax");
  }

  @Test
  void knowsNoMemberOfTheHeadOrTheTopByHeart() {
    sample.head().put("fee", 1);
    assertThat(refusal()).hasMessage("terms.head has no member \"fee\"");
    sample.head().remove("fee");
    sample.json().put("comment", "hello");
    assertThat(refusal()).hasMessage("terms has no member \"comment\"");
  }

  @Test
  void doesNotLetAMemberSteerTheTerminal() {
    sample.json().put("\u001b[2Jx", 1);
    assertThat(refusal()).hasMessage("terms has no member \"?[2Jx\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payee", "amount", "due", "review", "silenceBps", "criteriaHash"})
  void namesWhatIsMissing(String member) {
    sample.leg().remove(member);
    assertThat(refusal().code()).isEqualTo("terms_invalid");
    assertThat(refusal()).hasMessageContaining("terms.legs[0]." + member);
  }

  @Test
  void namesWhatHasTheWrongType() {
    sample.leg().put("due", "tomorrow");
    assertThat(refusal()).hasMessage("terms.legs[0].due must be a whole number, 0 or more");
    sample.leg().put("due", 1.5);
    assertThat(refusal()).hasMessage("terms.legs[0].due must be a whole number, 0 or more");
    sample.leg().put("due", 1_926_201_600L).put("amount", "-1");
    assertThat(refusal()).hasMessage("terms.legs[0].amount must be a whole number, 0 or more");
    sample.leg().put("amount", "1").put("payee", 7);
    assertThat(refusal()).hasMessage("terms.legs[0].payee must be text");
    sample.leg().put("payee", "0x12");
    assertThat(refusal()).hasMessageContaining("terms.legs[0].payee");
    sample.leg().put("payee", "0x" + "22".repeat(20)).put("bond", "9".repeat(60));
    assertThat(refusal()).hasMessageContaining("bond does not fit uint128");
    assertThat(refusal().code()).isEqualTo("terms_invalid");
  }

  @Test
  void refusesMoreLegsThanADealHas() {
    for (int i = 0; i < DealTerms.MAX_LEGS; i++) {
      sample.addLeg();
    }
    assertThat(refusal()).hasMessage("LegCountOutOfRange: There are 65 legs; a deal has 1 to 64.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"head\":1,\"head\":2}", "{} {}", "{\"head\":", "1e999999"})
  void refusesWhatIsNoStrictJsonObject(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("terms.json"), text);
    assertThat(refusal(file).code()).isEqualTo("terms_malformed");
    assertThat(refusal(file).remedy()).contains("head", "legs");
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    Path largest = folder.resolve("terms.json");
    Files.writeString(largest, " ".repeat(TermsFile.MAX_BYTES));
    assertThat(refusal(largest).code()).isEqualTo("terms_malformed");
    Files.writeString(largest, " ".repeat(TermsFile.MAX_BYTES + 1));
    assertThat(refusal(largest).code()).isEqualTo("terms_too_large");
    assertThat(refusal(largest)).hasMessageContaining("262144");
  }

  @Test
  void saysWhenThereIsNothingToRead() {
    assertThat(refusal(folder.resolve("none.json")).code()).isEqualTo("terms_missing");
    assertThat(refusal(folder).code()).isEqualTo("terms_unreadable");
  }
}
