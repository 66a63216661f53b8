// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Closings} from "./Closings.sol";
import {Consent} from "./Consent.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {Lane} from "./Lanes.sol";
import {LegMath} from "./LegMath.sol";
import {VerbHashing} from "./VerbHashing.sol";

/// @title Acceptance
/// @notice How a client takes what was delivered, one leg or many.
abstract contract Acceptance is Closings {
    /// @dev In acceptMany's ratings: leave this leg alone.
    uint256 private constant _SKIP_LEG = 254;

    /// @inheritdoc IDealEscrow
    function accept(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint8 rating,
        bytes calldata signature
    ) external nonReentrant {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        Lane lane = _lane(dealId, i);
        _requireState(lane, LegState.Delivered);
        if (signature.length == 0) Consent.requireCaller(head.client);
        else _requireSigned(head.client, VerbHashing.hashAccept(dealId, i, rating), signature);
        _accept(head, leg, dealId, i, lane, rating);
    }

    /// @inheritdoc IDealEscrow
    function acceptMany(Head calldata head, Leg[] calldata legs, uint8[] calldata ratings)
        external
        nonReentrant
    {
        if (ratings.length != legs.length) revert RatingCountMismatch(ratings.length, legs.length);
        Consent.requireCaller(head.client);
        bytes32 dealId = _dealId(head, legs);
        bool any = false;
        for (uint256 i = 0; i < legs.length; ++i) {
            Lane lane = _lane(dealId, i);
            uint256 rating = ratings[i];
            if (rating == _SKIP_LEG || lane.state() != LegState.Delivered) continue;
            any = true;
            _accept(head, legs[i], dealId, i, lane, rating);
        }
        if (!any) revert NothingDelivered(dealId);
    }

    /// @dev Pays a delivered leg in full, less the delay penalty.
    function _accept(
        Head calldata head,
        Leg calldata leg,
        bytes32 dealId,
        uint256 i,
        Lane lane,
        uint256 rating
    ) private {
        if (rating > MAX_RATING && rating != NO_RATING) revert RatingOutOfRange(rating);
        Closing memory c = _closing(dealId, i, lane, LegState.Accepted);
        c.rating = rating;
        _closeByShares(head, leg, c, LegMath.BPS, LegMath.BPS);
    }
}
