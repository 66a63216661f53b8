package org.earnest.core.identity;

/** A service endpoint of a DID document (DID Core §5.4). */
public record DidService(String id, String type, String serviceEndpoint) {}
