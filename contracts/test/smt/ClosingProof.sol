// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegMath} from "../../src/deal/LegMath.sol";

/// @notice A leg as it closes: what it held, and who is due what.
struct Held {
    uint128 amount;
    uint128 bond;
    uint128 retainer;
    uint128 standbyBond;
    bool withStandby;
    bool called;
}

/// @dev The sums of `Closings._finish`, written again: the escrow itself, with its storage, hashes and calls, is
/// more than the checker takes in. A library, so that it is looked at in the places where it is called alone.
library Sums {
    /// @dev All that goes out.
    function finish(
        Held calldata held,
        uint256 arbFee,
        uint256 gross,
        uint256 fee,
        uint256 bondBack,
        bool missed
    ) internal pure returns (uint256 out) {
        uint256 toPayee = gross - fee + bondBack;
        uint256 toClient = held.amount - arbFee - gross + (held.bond - bondBack);
        uint256 toStandby = 0;
        if (held.withStandby) {
            uint256 readiness = held.retainer;
            if (!held.called) readiness += held.standbyBond;
            if (missed) toClient += readiness;
            else if (held.called) toPayee += readiness;
            else toStandby = readiness;
        }
        return toPayee + toClient + toStandby + fee + arbFee;
    }

    /// @dev What it held: price, bond, and what was there for a standby.
    function whole(Held calldata h) internal pure returns (uint256) {
        uint256 standby = h.withStandby ? uint256(h.retainer) + (h.called ? 0 : h.standbyBond) : 0;
        return uint256(h.amount) + h.bond + standby;
    }
}

/// @notice What the SMTChecker is to prove of a closing as a whole: that what goes out is what the leg held, to
/// the unit.
contract ClosingProof {
    /// However it is divided: by shares, by a ruling, or as a miss.
    function everythingGoesOut(
        Held calldata held,
        uint128 lost,
        uint16 arbiterFeeBps,
        uint16 payeeBps,
        uint16 bondBps,
        uint16 feeBps,
        bool missed
    ) external pure {
        require(lost <= held.amount && arbiterFeeBps <= 1000 && feeBps <= 1000);
        require(payeeBps <= LegMath.BPS && bondBps <= LegMath.BPS);
        (uint256 arbFee, uint256 gross, uint256 fee) =
            LegMath.divide(held.amount, lost, arbiterFeeBps, payeeBps, feeBps);
        uint256 bondBack = LegMath.share(held.bond, bondBps);
        assert(Sums.finish(held, arbFee, gross, fee, bondBack, missed) == Sums.whole(held));
    }

    /// A settlement names its sums.
    function everythingOfASettlementGoesOut(
        Held calldata held,
        uint128 toPayee,
        uint128 bondBack,
        uint16 feeBps
    ) external pure {
        require(toPayee <= held.amount && bondBack <= held.bond && feeBps <= 1000);
        uint256 fee = LegMath.share(toPayee, feeBps);
        assert(Sums.finish(held, 0, toPayee, fee, bondBack, false) == Sums.whole(held));
    }
}
