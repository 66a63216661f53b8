// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Consent} from "./Consent.sol";
import {DealCore} from "./DealCore.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {FLAG_SUBSTITUTED, Lane, toLane} from "./Lanes.sol";
import {Occupancy} from "./Occupancy.sol";
import {VerbHashing} from "./VerbHashing.sol";

/// @title Delivery
/// @notice What the payee at work does, and how its standby takes its place.
abstract contract Delivery is DealCore {
    /// @inheritdoc IDealEscrow
    function deliver(
        bytes32 headHash,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes32 deliverable,
        string calldata uri,
        bytes calldata signature
    ) external {
        bytes32 dealId = _dealId(headHash, siblings, i, leg);
        Lane lane = _lane(dealId, i);
        _requireState(lane, LegState.Active);
        uint256 due = Occupancy.due(leg, lane);
        _requireInTime(due + leg.grace);
        address payee = Occupancy.occupant(leg, lane);
        if (signature.length == 0) Consent.requireCaller(payee);
        else _requireSigned(payee, VerbHashing.hashDeliver(dealId, i, deliverable, payee), signature);
        uint256 late = block.timestamp > due ? block.timestamp - due : 0;
        _setLane(dealId, i, toLane(LegState.Delivered, lane.flags(), block.timestamp, late));
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Delivered(dealId, uint8(i), payee, uint24(late), deliverable, uri);
    }

    /// @inheritdoc IDealEscrow
    function substitute(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes calldata signature
    ) external nonReentrant {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        Lane lane = _lane(dealId, i);
        _requireState(lane, LegState.Active);
        address standby = leg.standby;
        if (standby == address(0) || Occupancy.substituted(lane)) revert NoStandby(i, standby);
        _requireLapsed(Occupancy.deadline(leg, lane));
        _requireInTime(Occupancy.callDeadline(leg, lane));
        if (signature.length == 0) Consent.requireCaller(standby);
        else _requireSigned(standby, VerbHashing.hashSubstitute(dealId, i), signature);
        _setLane(dealId, i, toLane(LegState.Active, FLAG_SUBSTITUTED, block.timestamp, 0));
        _recordMiss(leg, head.token);
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Substituted(dealId, leg.agentId, uint8(i), uint40(block.timestamp + leg.standbyTime), leg.bond);
        _pay(dealId, head.token, head.client, leg.bond);
    }
}
