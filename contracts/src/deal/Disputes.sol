// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Closings} from "./Closings.sol";
import {Consent} from "./Consent.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {IArbitrableDeals} from "./IArbitrableDeals.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {FLAG_DISPUTED_UNDELIVERED, Lane, toLane} from "./Lanes.sol";
import {LegMath} from "./LegMath.sol";
import {Occupancy} from "./Occupancy.sol";
import {VerbHashing} from "./VerbHashing.sol";

/// @title Disputes
/// @notice How a leg comes before the arbiter, and what the arbiter may do: divide its price and bond, once,
/// in time, and nothing else.
abstract contract Disputes is Closings {
    /// @inheritdoc IDealEscrow
    function dispute(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bool byClient,
        bytes32 evidence,
        string calldata uri,
        bytes calldata signature
    ) external {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        if (head.arbiter == address(0)) revert NoArbiter(dealId);
        Lane disputed = _disputed(leg, _lane(dealId, i), byClient);
        address by = byClient ? head.client : Occupancy.occupant(leg, disputed);
        if (signature.length == 0) {
            Consent.requireCaller(by);
        } else {
            bool delivered = disputed.flags() & FLAG_DISPUTED_UNDELIVERED == 0;
            _requireSigned(by, VerbHashing.hashDispute(dealId, i, delivered, evidence), signature);
        }
        _setLane(dealId, i, disputed);
        _logDispute(head, dealId, i, by, evidence, uri);
    }

    /// @inheritdoc IArbitrableDeals
    function rule(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint16 payeeBps,
        uint16 bondBps,
        bytes32 reason
    ) external nonReentrant returns (bytes32 dealId) {
        dealId = _dealId(head, siblings, i, leg);
        Closing memory c = _closing(dealId, i, _lane(dealId, i), LegState.Ruled);
        _requireState(c.lane, LegState.Disputed);
        _requireInTime(c.lane.ts() + head.rulingTime);
        Consent.requireCaller(head.arbiter);
        if (payeeBps > LegMath.BPS) revert ShareAboveMax(payeeBps, LegMath.BPS);
        if (bondBps > LegMath.BPS) revert ShareAboveMax(bondBps, LegMath.BPS);
        c.reason = reason;
        _closeByShares(head, leg, c, payeeBps, bondBps);
    }

    /// @dev The lane of a leg that is disputed now. The payee may do so as long as it may deliver, and both
    /// sides in the review.
    function _disputed(Leg calldata leg, Lane lane, bool byClient) private view returns (Lane) {
        uint256 flags = lane.flags();
        if (lane.state() == LegState.Active && !byClient) {
            _requireInTime(Occupancy.deadline(leg, lane));
            flags |= FLAG_DISPUTED_UNDELIVERED;
        } else {
            _requireState(lane, LegState.Delivered);
            _requireInTime(lane.ts() + leg.review);
        }
        return toLane(LegState.Disputed, flags, block.timestamp, lane.late());
    }

    /// @dev Logs a dispute that begins now.
    function _logDispute(
        Head calldata head,
        bytes32 dealId,
        uint256 i,
        address by,
        bytes32 evidence,
        string calldata uri
    ) private {
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Disputed(dealId, uint8(i), by, uint40(block.timestamp + head.rulingTime), evidence, uri);
    }
}
