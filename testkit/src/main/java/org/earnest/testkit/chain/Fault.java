package org.earnest.testkit.chain;

/** What can go wrong with one call: on the wire, or at the node. */
public sealed interface Fault permits RpcFault, NodeFault {}
