package org.earnest.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
  private static final String ID = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void takesAValidTraceparentWithASpanOfItsOwn() {
    Trace trace = Trace.parse("00-" + ID + "-b7ad6b7169203331-01");
    assertThat(trace.traceId()).isEqualTo(ID);
    assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("b7ad6b7169203331");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c\n-b7ad6b7169203331-01",
      })
  void makesANewOneForAnythingElse(String traceparent) {
    assertThat(Trace.parse(traceparent).traceId()).matches("[0-9a-f]{32}").isNotEqualTo(ID);
  }
}
