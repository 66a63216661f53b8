package org.earnest.cli.deal;

import java.util.List;

/** A path that the terms do not have, and why. */
record Impossible(DealPath path, List<String> because) {}
