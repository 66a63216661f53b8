// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PanelTally, Stance, Tally} from "../../src/arbiter/PanelTally.sol";

/// @notice What the SMTChecker is to prove of a panel's verdict.
contract PanelTallyProof {
    /// Changing sides changes the verdict's side and nothing else, and a draw decides nothing.
    function verdictIsOfOneSide(
        uint32 voted,
        uint32 endorsing,
        uint32 challenging,
        uint32 totalWeight,
        uint16 quorumBps,
        uint16 marginBps
    ) external pure {
        require(marginBps != 0 && totalWeight != 0);
        Stance one =
            PanelTally.verdict(Tally(voted, endorsing, challenging), totalWeight, quorumBps, marginBps);
        Stance other =
            PanelTally.verdict(Tally(voted, challenging, endorsing), totalWeight, quorumBps, marginBps);
        assert((one == Stance.Endorse) == (other == Stance.Challenge));
        if (endorsing == challenging) assert(one == Stance.None);
    }
}
