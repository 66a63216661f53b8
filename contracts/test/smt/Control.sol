// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegMath} from "../../src/deal/LegMath.sol";

/// @notice False claims. A checker that does not refute all of them has checked nothing else either.
contract Control {
    /// A delay beyond grace costs no more than the whole penalty, but not less.
    function penaltyIsAlwaysBelowItsMaximum(uint128 penaltyMax, uint24 late, uint24 grace) external pure {
        require(grace != 0 && penaltyMax != 0);
        assert(LegMath.penalty(penaltyMax, late, grace) < penaltyMax);
    }

    /// It rounds down.
    function halvesAddUp(uint128 sum) external pure {
        assert(2 * LegMath.share(sum, LegMath.BPS / 2) == sum);
    }
}
