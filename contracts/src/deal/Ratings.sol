// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Consent} from "./Consent.sol";
import {DealCore} from "./DealCore.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {FLAG_CLIENT_RATED, FLAG_PAYEE_RATED, Lane, toLane} from "./Lanes.sol";
import {Occupancy} from "./Occupancy.sol";
import {VerbHashing} from "./VerbHashing.sol";

/// @title Ratings
/// @notice What each side of a closed leg says of the other, once.
abstract contract Ratings is DealCore {
    /// @notice How long after its close a leg may be rated, in seconds.
    uint256 public constant RATING_TIME = 30 days;

    /// @inheritdoc IDealEscrow
    function rate(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bool byClient,
        uint8 rating,
        bytes calldata signature
    ) external {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        Lane lane = _lane(dealId, i);
        LegState state = lane.state();
        if (state < LegState.Accepted || state == LegState.Withdrawn) {
            revert WrongState(state, LegState.Accepted);
        }
        uint256 flag = byClient ? FLAG_CLIENT_RATED : FLAG_PAYEE_RATED;
        if (lane.flags() & flag != 0) revert AlreadyRated(i, byClient);
        _requireInTime(lane.ts() + RATING_TIME);
        if (rating > MAX_RATING) revert RatingOutOfRange(rating);
        address by = byClient ? head.client : Occupancy.occupant(leg, lane);
        if (signature.length == 0) Consent.requireCaller(by);
        else _requireSigned(by, VerbHashing.hashRate(dealId, i, byClient, rating), signature);
        _setLane(dealId, i, toLane(state, lane.flags() | flag, lane.ts(), lane.late()));
        uint256 agentId = _record(head, leg, lane, byClient, rating);
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Rated(dealId, agentId, uint8(i), byClient, rating);
    }

    /// @dev Adds the rating to the other side's record, and returns its agent.
    function _record(Head calldata head, Leg calldata leg, Lane lane, bool byClient, uint256 rating)
        private
        returns (uint256 agentId)
    {
        uint256 epoch = head.clientAgentEpoch;
        bytes32 tag = CLIENT_TAG;
        agentId = head.clientAgentId;
        if (byClient) {
            (agentId, epoch) = _occupantAgent(leg, lane);
            tag = leg.tag;
        }
        _recordRating(agentId, epoch, head.token, tag, rating);
    }
}
