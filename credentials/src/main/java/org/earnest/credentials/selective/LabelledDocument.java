package org.earnest.credentials.selective;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.credentials.linked.CanonicalStatements;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.linked.Statement;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document's statements, whose nameless nodes have labels that a secret made, and which of them
 * pointers select (Data Integrity ECDSA Cryptosuites 1.0 §3.4.16, canonicalizeAndGroup). The labels
 * alone would tell of what is not disclosed, were they not made by a secret.
 */
public final class LabelledDocument {
  private final ObjectNode document;
  private final ObjectNode named;
  private final NamedNodes nodes;
  private final LinkedData linked;
  private final Map<String, String> labels;
  private final List<String> quads;
  private final Map<String, Integer> places = new HashMap<>();

  private LabelledDocument(
      ObjectNode document,
      ObjectNode named,
      NamedNodes nodes,
      LinkedData linked,
      Map<String, String> labels,
      List<String> quads) {
    this.document = document;
    this.named = named;
    this.nodes = nodes;
    this.linked = linked;
    this.labels = labels;
    this.quads = quads;
    for (int place = 0; place < quads.size(); place++) {
      places.put(quads.get(place), place);
    }
  }

  /**
   * Labels a document.
   *
   * @param document without proof
   * @throws InvalidCredentialException {@code SELECTION_INVALID} where it has what cannot be told
   *     apart in its parts: ordered lists, JSON as a value, labels of its own; or as {@link
   *     LinkedData#statements}
   */
  public static LabelledDocument of(ObjectNode document, LabelKey key, LinkedData linked)
      throws InvalidCredentialException {
    NamedNodes nodes = new NamedNodes();
    ObjectNode named = nodes.named(document);
    CanonicalStatements canonical = LinkedData.canonical(unnamed(linked.statements(named), nodes));
    CanonicalStatements plain = LinkedData.canonical(linked.statements(document));
    if (!canonical.statements().equals(plain.statements())) {
      throw undivided();
    }
    Map<String, String> labels = new HashMap<>();
    canonical.labels().forEach((label, known) -> labels.put(label, key.label(known)));
    Map<String, String> byCanonical = new HashMap<>();
    canonical.labels().forEach((label, known) -> byCanonical.put(known, labels.get(label)));
    List<String> quads = Quads.sorted(canonical.statements(), byCanonical);
    return new LabelledDocument(document, named, nodes, linked, labels, quads);
  }

  private static List<Statement> unnamed(List<Statement> named, NamedNodes nodes)
      throws InvalidCredentialException {
    List<Statement> unnamed = new ArrayList<>();
    for (Statement statement : named) {
      if (statement.hasBlank()) {
        throw undivided();
      }
      unnamed.add(nodes.unnamed(statement));
    }
    return unnamed;
  }

  private static InvalidCredentialException undivided() {
    return Pointers.refused(
        "ordered lists, JSON as a value and labels of its own cannot be disclosed in parts");
  }

  /** All statements as canonical N-Quads, in order. */
  public List<String> quads() {
    return quads;
  }

  /** The part that pointers select, as JSON. */
  public ObjectNode reveal(Pointers pointers) throws InvalidCredentialException {
    return Selection.of(document, pointers);
  }

  /**
   * The places of the statements that pointers select.
   *
   * @throws InvalidCredentialException {@code SELECTION_INVALID} where a pointer leads to nothing,
   *     or to a part that alone says something else
   */
  public BitSet select(Pointers pointers) throws InvalidCredentialException {
    BitSet selected = new BitSet(quads.size());
    for (Statement statement : selectedStatements(pointers)) {
      Integer place = places.get(Quads.labelled(statement, labels));
      if (place == null) {
        throw Pointers.refused("a pointer leads to a part that alone says something else");
      }
      selected.set(place);
    }
    return selected;
  }

  /**
   * The labels of what pointers select, by the canonical labels that its reader will see.
   *
   * @throws InvalidCredentialException as {@link #select}, and where the part as JSON says other
   *     than was selected
   */
  public LabelMap labels(Pointers pointers) throws InvalidCredentialException {
    CanonicalStatements selected = LinkedData.canonical(selectedStatements(pointers));
    List<Statement> seen = LinkedData.canonical(linked.statements(reveal(pointers))).statements();
    if (!seen.equals(selected.statements())) {
      throw Pointers.refused("the pointers lead to parts that together say something else");
    }
    Map<String, String> byCanonical = new HashMap<>();
    selected.labels().forEach((label, known) -> byCanonical.put(known, labels.get(label)));
    return new LabelMap(byCanonical);
  }

  private List<Statement> selectedStatements(Pointers pointers) throws InvalidCredentialException {
    if (pointers.texts().isEmpty()) {
      return List.of();
    }
    return unnamed(linked.statements(Selection.of(named, pointers)), nodes);
  }
}
