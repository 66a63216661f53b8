// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {Accumulator} from "./Accumulator.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {ISettledReputation, SettledSummary} from "./ISettledReputation.sol";
import {Lane} from "./Lanes.sol";
import {Occupancy} from "./Occupancy.sol";
import {TermsLimits} from "./TermsLimits.sol";

/// @title SettledReputation
/// @notice Writes the records of closed legs, and answers them in one slot each.
abstract contract SettledReputation is ISettledReputation {
    /// @notice The tag of an agent's record as a client.
    bytes32 public constant CLIENT_TAG = TermsLimits.CLIENT_TAG;

    /// @notice The identity registry that binds agents to parties.
    IIdentityRegistry public immutable identityRegistry;

    /// @dev A rating at most.
    uint256 internal constant MAX_RATING = 100;
    /// @dev A rating that is none.
    uint256 internal constant NO_RATING = 255;

    /// @dev How a leg closes: what it was, what became of it, and how its money is divided.
    struct Closing {
        bytes32 dealId;
        uint256 i;
        Lane lane;
        LegState outcome;
        uint256 rating;
        uint256 penalty;
        uint256 arbFee;
        uint256 gross;
        uint256 fee;
        uint256 bondToClient;
        address retainerTo;
        bytes32 reason;
    }

    mapping(bytes32 key => Accumulator) private _acc;

    /// @dev Binds the registry for ever.
    constructor(IIdentityRegistry registry) {
        identityRegistry = registry;
    }

    /// @inheritdoc ISettledReputation
    function settledSummary(uint256 agentId, address token, bytes32 tag)
        external
        view
        returns (SettledSummary memory summary)
    {
        (, uint32 epoch) = identityRegistry.agentWalletAndEpoch(agentId);
        _acc[_key(agentId, epoch, token, tag)].unpackInto(summary);
    }

    /// @inheritdoc ISettledReputation
    function settledSummaryAt(uint256 agentId, uint32 epoch, address token, bytes32 tag)
        external
        view
        returns (SettledSummary memory summary)
    {
        _acc[_key(agentId, epoch, token, tag)].unpackInto(summary);
    }

    /// @dev Writes both roles' records of a leg that closes, and logs it.
    function _recordClosing(Head calldata head, Leg calldata leg, Closing memory c) internal {
        (uint256 agentId, uint256 epoch) = _occupantAgent(leg, c.lane);
        uint256 clientAgentId = head.clientAgentId;
        if (agentId | clientAgentId != 0) {
            address token = head.token;
            (bool payeeLost, bool clientLost) = _losers(leg.amount, c);
            if (agentId != 0) _recordPayee(_key(agentId, epoch, token, leg.tag), c, payeeLost);
            if (clientAgentId != 0) {
                bytes32 key = _key(clientAgentId, head.clientAgentEpoch, token, CLIENT_TAG);
                Accumulator acc = _acc[key].plusClosed(c.gross);
                if (clientLost) acc = acc.plusLost();
                _acc[key] = acc;
            }
        }
        _logClosing(agentId, leg.amount, c);
    }

    /// @dev Adds a leg that closes to its payee's record.
    function _recordPayee(bytes32 key, Closing memory c, bool lost) private {
        Accumulator acc = _acc[key].plusClosed(c.gross);
        if (c.rating != NO_RATING) acc = acc.plusRating(c.rating);
        if (c.lane.late() != 0) acc = acc.plusLate();
        if (c.outcome == LegState.Missed) acc = acc.plusMissed();
        if (lost) acc = acc.plusLost();
        _acc[key] = acc;
    }

    /// @dev Writes the record of a payee whose leg the standby takes over.
    function _recordMiss(Leg calldata leg, address token) internal {
        uint256 agentId = leg.agentId;
        if (agentId == 0) return;
        bytes32 key = _key(agentId, leg.agentEpoch, token, leg.tag);
        _acc[key] = _acc[key].plusClosed(0).plusMissed();
    }

    /// @dev Adds a rating to the record of whom it is for; nothing for agent 0.
    function _recordRating(uint256 agentId, uint256 epoch, address token, bytes32 tag, uint256 rating)
        internal
    {
        if (agentId == 0) return;
        bytes32 key = _key(agentId, epoch, token, tag);
        _acc[key] = _acc[key].plusRating(rating);
    }

    /// @dev The agent of the payee at work, and its epoch.
    function _occupantAgent(Leg calldata leg, Lane lane)
        internal
        pure
        returns (uint256 agentId, uint256 epoch)
    {
        return Occupancy.substituted(lane)
            ? (leg.standbyAgentId, leg.standbyAgentEpoch)
            : (leg.agentId, leg.agentEpoch);
    }

    /// @dev The casts cannot truncate: leg indexes and ratings are below 256, lateness below 2^24 and the
    /// parts of an amount below 2^128.
    // forge-lint: disable-next-item(unsafe-typecast)
    function _logClosing(uint256 agentId, uint256 amount, Closing memory c) internal {
        // the parts of an amount are none of them more than it
        unchecked {
            emit Closed(
                c.dealId,
                agentId,
                uint8(c.i),
                uint8(c.outcome),
                uint8(c.rating),
                uint24(c.lane.late()),
                uint128(c.gross - c.fee),
                uint128(amount - c.arbFee - c.gross),
                uint128(c.fee),
                uint128(c.penalty),
                uint128(c.arbFee),
                uint128(c.bondToClient),
                c.retainerTo,
                c.reason
            );
        }
    }

    /// @dev Whom a ruling decided against: who got less than half of what there was to divide. By the money
    /// and not by the arbiter's shares, so that the log alone tells.
    function _losers(uint256 amount, Closing memory c)
        private
        pure
        returns (bool payeeLost, bool clientLost)
    {
        if (c.outcome != LegState.Ruled) return (false, false);
        uint256 half = (amount - c.penalty - c.arbFee) / 2;
        return (c.gross < half, c.gross > half);
    }

    /// @dev The slot of a record.
    function _key(uint256 agentId, uint256 epoch, address token, bytes32 tag) private pure returns (bytes32) {
        return keccak256(abi.encode(agentId, epoch, token, tag));
    }
}
