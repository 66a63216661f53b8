package org.earnest.reputation.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Documents that were asked before, with what came of parsing and checking them, which takes longer
 * than the reads. Programs ask the same ones with other variables.
 */
final class Documents implements PreparsedDocumentProvider {
  static final ParserOptions PARSER =
      ParserOptions.getDefaultOperationParserOptions()
          .transform(
              options ->
                  options
                      .maxCharacters(Bounds.MAX_BODY_BYTES)
                      .maxTokens(Bounds.MAX_TOKENS)
                      .maxWhitespaceTokens(Bounds.MAX_BODY_BYTES));

  /** That even the shortest counts for, as a document takes more than its words. */
  private static final int LEAST_CHARS = 256;

  private final Cache<String, Written> written = remembering();
  private final Cache<String, PreparsedDocumentEntry> checked = remembering();

  /**
   * A document.
   *
   * @param parsed as it was written
   * @param text as it is executed
   */
  record Written(Document parsed, String text) {}

  private static <V> Cache<String, V> remembering() {
    return Caffeine.newBuilder()
        .maximumWeight(Bounds.REMEMBERED_CHARS)
        .<String, V>weigher((text, document) -> LEAST_CHARS + text.length())
        .build();
  }

  /**
   * By its text.
   *
   * @throws InvalidSyntaxException for what is no document; it is not remembered
   */
  Written of(String text) {
    return written.get(text, Documents::parse);
  }

  /** Characters of the documents that are remembered, each with what it counts for beside them. */
  long remembered() {
    written.cleanUp();
    return written.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  /** Neither depends on the variables, nor does any error that is found. */
  @Override
  public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
      ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndCheck) {
    return CompletableFuture.completedFuture(
        checked.get(input.getQuery(), text -> parseAndCheck.apply(input)));
  }

  private static Written parse(String text) {
    Document document =
        Parser.parse(
            ParserEnvironment.newParserEnvironment().document(text).parserOptions(PARSER).build());
    return new Written(
        document, IdVariables.declared(document).map(AstPrinter::printAstCompact).orElse(text));
  }
}
