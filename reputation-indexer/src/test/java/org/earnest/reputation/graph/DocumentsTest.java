package org.earnest.reputation.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.InvalidSyntaxException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final String QUERY = "query Q($id: String!) { agent(id: $id) { owner } }";

  private final Documents documents = new Documents();

  @Test
  void parsesAndChecksADocumentOnce() {
    AtomicInteger checks = new AtomicInteger();
    Documents.Written written = documents.of(QUERY);
    for (int i = 0; i < 3; i++) {
      assertThat(documents.of(QUERY)).isSameAs(written);
      assertThat(checked(written, checks)).isSameAs(checked(written, checks));
    }
    assertThat(checks).hasValue(1);
    assertThat(written.text()).contains("$id:ID!");
    assertThat(documents.of("{ agents { id } }").text()).isEqualTo("{ agents { id } }");
  }

  private PreparsedDocumentEntry checked(Documents.Written written, AtomicInteger checks) {
    CompletableFuture<PreparsedDocumentEntry> entry =
        documents.getDocumentAsync(
            ExecutionInput.newExecutionInput(written.text()).build(),
            input -> {
              checks.incrementAndGet();
              return new PreparsedDocumentEntry(written.parsed());
            });
    return entry.join();
  }

  @Test
  void refusesWhatIsNoDocumentEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> documents.of("{ agents {"))
          .isInstanceOf(InvalidSyntaxException.class);
    }
  }

  @Test
  void forgetsWhereManyAreAsked() {
    Documents.Written first = documents.of("{ first: agents { id } }");
    for (int i = 0; i < Bounds.REMEMBERED_CHARS / 64; i++) {
      documents.of("{ other%d: agents { id } }".formatted(i));
    }
    assertThat(documents.remembered()).isLessThanOrEqualTo(Bounds.REMEMBERED_CHARS);
    assertThat(documents.of("{ first: agents { id } }").text()).isEqualTo(first.text());
  }
}
