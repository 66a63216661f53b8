// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "solady/utils/EIP712.sol";
import {Consent} from "./Consent.sol";
import {Credits} from "./Credits.sol";
import {DealHashing} from "./DealHashing.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {Lane, LaneStore} from "./Lanes.sol";
import {SettledReputation} from "./SettledReputation.sol";

/// @title DealCore
/// @notice What every verb needs: the deal's id from its terms, who signed, and in which state a leg is.
abstract contract DealCore is EIP712, LaneStore, Credits, SettledReputation {
    /// @dev The id of a deal whose terms are all given.
    function _dealId(Head calldata head, Leg[] calldata legs) internal view returns (bytes32) {
        return _hashTypedData(DealHashing.hashTerms(DealHashing.hashHead(head), DealHashing.hashLegs(legs)));
    }

    /// @dev The id of a deal of which a head and one leg are given.
    function _dealId(Head calldata head, bytes32[] calldata siblings, uint256 i, Leg calldata leg)
        internal
        view
        returns (bytes32)
    {
        return _dealId(DealHashing.hashHead(head), siblings, i, leg);
    }

    /// @dev The id of a deal of which one leg is given.
    function _dealId(bytes32 headHash, bytes32[] calldata siblings, uint256 i, Leg calldata leg)
        internal
        view
        returns (bytes32)
    {
        if (i > siblings.length) revert LegIndexOutOfRange(i, siblings.length + 1);
        return _hashTypedData(DealHashing.hashTerms(headHash, DealHashing.hashLegs(leg, i, siblings)));
    }

    /// @dev Requires that a party signed a struct of this domain.
    function _requireSigned(address party, bytes32 structHash, bytes calldata signature) internal view {
        Consent.requireParty(party, _hashTypedData(structHash), signature);
    }

    /// @dev Requires a leg's state.
    function _requireState(Lane lane, LegState want) internal pure {
        if (lane.state() != want) revert WrongState(lane.state(), want);
    }

    /// @dev Requires that a party is still in time.
    function _requireInTime(uint256 deadline) internal view {
        if (block.timestamp > deadline) revert DeadlinePassed(block.timestamp, deadline);
    }

    /// @dev Requires that a party's time is over.
    function _requireLapsed(uint256 deadline) internal view {
        if (block.timestamp <= deadline) revert NotLapsed(block.timestamp, deadline);
    }

    /// @inheritdoc EIP712
    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Earnest Deal", "1");
    }
}
