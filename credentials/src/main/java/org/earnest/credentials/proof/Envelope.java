package org.earnest.credentials.proof;

import tools.jackson.databind.node.ObjectNode;

/**
 * An opened envelope.
 *
 * @param document what was signed: strict JSON, of a shape that nobody has judged yet
 * @param proof the envelope's signature
 */
public record Envelope(ObjectNode document, Proof proof) {}
