// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegMath} from "../../src/deal/LegMath.sol";

/// @notice What the SMTChecker is to prove of a leg's money, for every input that the terms allow. It reads the
/// sources without `unchecked`, so that every operation is a target too.
contract LegMathProof {
    /// A delay never costs more than the terms say, and nothing where there is none.
    function penaltyIsBounded(uint128 penaltyMax, uint24 late, uint24 grace) external pure {
        require(late == 0 || grace != 0);
        uint256 lost = LegMath.penalty(penaltyMax, late, grace);
        assert(lost <= penaltyMax);
        if (late == 0) assert(lost == 0);
    }

    /// All of it is lost at the end of grace and after it.
    function penaltyIsWholeAfterGrace(uint128 penaltyMax, uint24 late, uint24 grace) external pure {
        require(grace != 0 && late >= grace);
        assert(LegMath.penalty(penaltyMax, late, grace) == penaltyMax);
    }

    /// A longer delay never costs less.
    function penaltyNeverShrinks(uint128 penaltyMax, uint24 late, uint24 later, uint24 grace) external pure {
        require(grace != 0 && late <= later);
        assert(LegMath.penalty(penaltyMax, late, grace) <= LegMath.penalty(penaltyMax, later, grace));
    }

    /// A share is never more than the sum.
    function shareIsBounded(uint128 sum, uint16 bps) external pure {
        require(bps <= LegMath.BPS);
        assert(LegMath.share(sum, bps) <= sum);
    }

    /// Nothing of it is nothing, and all of it is all.
    function shareOfNothingAndAll(uint128 sum) external pure {
        assert(LegMath.share(sum, 0) == 0);
        assert(LegMath.share(sum, LegMath.BPS) == sum);
    }

    /// A bigger share is never less.
    function shareNeverShrinks(uint128 sum, uint16 bps, uint16 more) external pure {
        require(bps <= more && more <= LegMath.BPS);
        assert(LegMath.share(sum, bps) <= LegMath.share(sum, more));
    }

    /// No part is more than what it is taken from: nothing is paid that is not there.
    function divideStaysWithinTheAmount(
        uint128 amount,
        uint128 lost,
        uint16 arbiterFeeBps,
        uint16 payeeBps,
        uint16 feeBps
    ) external pure {
        require(lost <= amount);
        require(arbiterFeeBps <= 1000 && payeeBps <= LegMath.BPS && feeBps <= 1000);
        (uint256 arbFee, uint256 gross, uint256 fee) =
            LegMath.divide(amount, lost, arbiterFeeBps, payeeBps, feeBps);
        assert(arbFee <= amount - lost);
        assert(gross <= amount - lost - arbFee);
        assert(fee <= gross);
        if (arbiterFeeBps == 0) assert(arbFee == 0);
        if (payeeBps == LegMath.BPS) assert(gross == amount - lost - arbFee);
        if (payeeBps == 0) assert(gross == 0);
    }
}
