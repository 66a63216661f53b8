package org.earnest.credentials.linked;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.processor.ToRdfProcessor;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import jakarta.json.JsonArray;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads documents as JSON-LD 1.1 in safe mode: a term that no context defines, a protected term
 * with another meaning and a relative URL are errors, never dropped. Safe for use by many threads.
 */
public final class LinkedData {
  private final JsonLdOptions options;
  private final Expander expander;

  public LinkedData(KnownContexts contexts) {
    PinnedLoader loader = new PinnedLoader(contexts);
    this.options = Expander.options(loader);
    this.expander = new Expander(loader);
  }

  /**
   * Requires every property and type of the document to have a meaning.
   *
   * @throws InvalidCredentialException {@code UNDEFINED_TERM} or {@code UNKNOWN_CONTEXT}
   */
  public void requireMeaning(ObjectNode document) throws InvalidCredentialException {
    ExpandedTerms.requireTypes(expand(document));
  }

  /**
   * As {@link #requireMeaning}, and what the document says that its own node is: its types as
   * absolute names, by whatever terms, prefixes and properties it says so.
   *
   * @throws InvalidCredentialException {@code UNDEFINED_TERM} or {@code UNKNOWN_CONTEXT}
   */
  public Set<String> types(ObjectNode document) throws InvalidCredentialException {
    JsonArray expanded = expand(document);
    ExpandedTerms.requireTypes(expanded);
    return ExpandedTypes.of(expanded);
  }

  /**
   * The document's statements as canonical N-Quads (RDF Dataset Canonicalization 1.0).
   *
   * @param digest the hash that blank nodes are named by, such as SHA-256
   * @return UTF-8
   * @throws InvalidCredentialException {@code UNDEFINED_TERM}, {@code UNKNOWN_CONTEXT} or {@code
   *     TOO_COMPLEX}
   */
  public byte[] canonicalize(ObjectNode document, String digest) throws InvalidCredentialException {
    JsonArray expanded = expand(document);
    ExpandedTerms.requireNames(expanded);
    StringWriter text = new StringWriter();
    try {
      RdfCanon canon = RdfCanon.create(digest, new WorkBudget());
      ToRdfProcessor.toRdf(new BoundedQuads(canon), expanded, options);
      canon.provide(new NQuadsWriter(text));
    } catch (WorkBudget.ExceededException exceeded) {
      throw tooComplex(exceeded);
    } catch (JsonLdError refused) {
      throw noStatements(refused);
    } catch (RdfConsumerException impossible) {
      throw new IllegalStateException("text in memory takes every statement", impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The document's statements; labels of its nameless nodes are of this reading alone.
   *
   * @throws InvalidCredentialException as {@link #canonicalize}
   */
  public List<Statement> statements(ObjectNode document) throws InvalidCredentialException {
    JsonArray expanded = expand(document);
    ExpandedTerms.requireNames(expanded);
    StatementList statements = new StatementList();
    try {
      ToRdfProcessor.toRdf(new BoundedQuads(statements), expanded, options);
    } catch (WorkBudget.ExceededException exceeded) {
      throw tooComplex(exceeded);
    } catch (JsonLdError refused) {
      throw noStatements(refused);
    }
    return statements.all();
  }

  /**
   * Labels the nameless nodes canonically, by SHA-256.
   *
   * @throws InvalidCredentialException {@code TOO_COMPLEX}
   */
  public static CanonicalStatements canonical(List<Statement> statements)
      throws InvalidCredentialException {
    RdfCanon canon = RdfCanon.create("SHA-256", new WorkBudget());
    StatementList labelled = new StatementList();
    try {
      for (Statement statement : statements) {
        statement.provide(canon);
      }
      canon.provide(labelled);
    } catch (WorkBudget.ExceededException exceeded) {
      throw tooComplex(exceeded);
    } catch (RdfConsumerException impossible) {
      throw new IllegalStateException("a list in memory takes every statement", impossible);
    }
    return new CanonicalStatements(labelled.all(), canon.mapping());
  }

  private static InvalidCredentialException tooComplex(WorkBudget.ExceededException exceeded) {
    return new InvalidCredentialException(
        CredentialRefusal.TOO_COMPLEX, String.valueOf(exceeded.getMessage()));
  }

  private static InvalidCredentialException noStatements(JsonLdError refused) {
    return undefined("it cannot be read as statements: " + refused.getCode());
  }

  private JsonArray expand(ObjectNode document) throws InvalidCredentialException {
    PlainNames.require(document);
    JsonArray expanded = processed(document);
    ModelMembers.require(document, expanded);
    return expanded;
  }

  /**
   * The processor casts and follows much of what a stranger wrote before it looks, such as a list
   * as {@code @direction}. Nothing of ours runs within, so that whatever it throws is of the
   * document.
   */
  private JsonArray processed(ObjectNode document) throws InvalidCredentialException {
    try {
      return expander.expand(document);
    } catch (JsonLdError refused) {
      throw refusal(refused);
    } catch (RuntimeException unread) {
      throw undefined(
          "it cannot be read as JSON-LD: the processor ended by "
              + unread.getClass().getSimpleName());
    }
  }

  private static InvalidCredentialException refusal(JsonLdError refused) {
    if (refused.getCode() == JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED) {
      return new InvalidCredentialException(
          CredentialRefusal.UNKNOWN_CONTEXT, "@context leads to one that is not known here");
    }
    return undefined("it cannot be read as JSON-LD: " + refused.getCode());
  }

  static InvalidCredentialException undefined(String detail) {
    return new InvalidCredentialException(CredentialRefusal.UNDEFINED_TERM, detail);
  }
}
