package org.earnest.cli.demo;

import org.earnest.core.identity.AgentId;

/** The parties' entries in the identity registry. */
record Agents(AgentId buyer, AgentId seller) {}
