// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Closings} from "./Closings.sol";
import {Consent} from "./Consent.sol";
import {Division, Head, Leg, LegState} from "./DealTypes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {Lane} from "./Lanes.sol";
import {LegMath} from "./LegMath.sol";
import {Occupancy} from "./Occupancy.sol";
import {VerbHashing} from "./VerbHashing.sol";

/// @title Settlement
/// @notice How client and payee end a leg as they both wish.
abstract contract Settlement is Closings {
    /// @inheritdoc IDealEscrow
    function settle(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        Division calldata division,
        bytes calldata clientSig,
        bytes calldata payeeSig
    ) external nonReentrant {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        Closing memory c = _closing(dealId, i, _lane(dealId, i), LegState.Settled);
        LegState state = c.lane.state();
        if (state != LegState.Active && state != LegState.Disputed) {
            _requireState(c.lane, LegState.Delivered);
        }
        _requireInTime(division.validBefore);
        _requireBoth(head.client, Occupancy.occupant(leg, c.lane), c, division, clientSig, payeeSig);
        uint256 bond = Occupancy.bond(leg, c.lane);
        if (division.toPayee > leg.amount) revert SettlementAboveAmount(i, division.toPayee, leg.amount);
        if (division.bondBack > bond) revert SettlementAboveBond(i, division.bondBack, bond);
        c.gross = division.toPayee;
        c.fee = LegMath.share(c.gross, head.feeBps);
        _finish(head, leg, c, bond, division.bondBack);
    }

    /// @dev Requires that both sides sent this call or signed the division in the state that the leg is in.
    function _requireBoth(
        address client,
        address occupant,
        Closing memory c,
        Division calldata division,
        bytes calldata clientSig,
        bytes calldata payeeSig
    ) private view {
        bytes32 hash = VerbHashing.hashSettle(c.dealId, c.i, c.lane.state(), occupant, division);
        bytes32 digest = _hashTypedData(hash);
        Consent.requireParty(client, digest, clientSig);
        Consent.requireParty(occupant, digest, payeeSig);
    }
}
