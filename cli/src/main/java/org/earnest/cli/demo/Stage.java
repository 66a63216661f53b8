package org.earnest.cli.demo;

import org.earnest.cli.client.HouseClient;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.report.Ledger;
import org.earnest.cli.report.RunReport;

/**
 * What every step works with.
 *
 * @param books what must have moved, kept apart from the chain
 */
record Stage(EarnestHost host, HouseClient client, RunReport report, Ledger books) {}
