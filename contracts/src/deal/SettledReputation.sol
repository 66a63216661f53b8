// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {Accumulator} from "./Accumulator.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {ISettledReputation, SettledSummary} from "./ISettledReputation.sol";
import {TermsRules} from "./TermsRules.sol";

/// @title SettledReputation
/// @notice Writes the records of closed legs, and answers them in one slot each.
abstract contract SettledReputation is ISettledReputation {
    /// @notice The tag of an agent's record as a client.
    bytes32 public constant CLIENT_TAG = TermsRules.CLIENT_TAG;

    /// @notice The identity registry that binds agents to parties.
    IIdentityRegistry public immutable identityRegistry;

    uint256 internal constant NO_RATING = 255;

    /// @dev How a leg closed.
    struct Closing {
        bytes32 dealId;
        uint256 i;
        LegState outcome;
        uint256 rating;
        uint256 late;
        uint256 gross;
        uint256 fee;
        uint256 penalty;
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

    /// @dev Writes both roles' records of a leg that closes without dispute, and logs it.
    function _recordClosing(Head calldata head, Leg calldata leg, Closing memory c) internal {
        address token = head.token;
        uint256 agentId = leg.agentId;
        if (agentId != 0) {
            bytes32 key = _key(agentId, leg.agentEpoch, token, leg.tag);
            Accumulator acc = _acc[key].plusClosed(c.gross);
            if (c.rating != NO_RATING) acc = acc.plusRating(c.rating);
            if (c.late != 0) acc = acc.plusLate();
            if (c.outcome == LegState.Missed) acc = acc.plusMissed();
            _acc[key] = acc;
        }
        if (head.clientAgentId != 0) {
            bytes32 key = _key(head.clientAgentId, head.clientAgentEpoch, token, CLIENT_TAG);
            _acc[key] = _acc[key].plusClosed(c.gross);
        }
        address retainerTo = leg.standby;
        if (retainerTo != address(0) && c.outcome == LegState.Missed) retainerTo = head.client;
        _logClosing(agentId, leg.amount, retainerTo, c);
    }

    /// @dev The casts cannot truncate: leg indexes and ratings are below 256, lateness below 2^24 and the
    /// parts of an amount below 2^128.
    // forge-lint: disable-next-item(unsafe-typecast)
    function _logClosing(uint256 agentId, uint256 amount, address retainerTo, Closing memory c) private {
        emit Closed(
            c.dealId,
            agentId,
            uint8(c.i),
            uint8(c.outcome),
            uint8(c.rating),
            uint24(c.late),
            uint128(c.gross - c.fee),
            uint128(amount - c.gross),
            uint128(c.fee),
            uint128(c.penalty),
            0,
            0,
            retainerTo,
            0
        );
    }

    /// @dev Where the accumulator of an agent, owner epoch, token and tag is stored.
    function _key(uint256 agentId, uint256 epoch, address token, bytes32 tag) private pure returns (bytes32) {
        return keccak256(abi.encode(agentId, epoch, token, tag));
    }
}
