// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealEscrow} from "../../src/deal/IDealEscrow.sol";
import {ISettledReputation, SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {vm, Vm} from "../support/Vm.sol";

/// @notice Folds the escrow's logs into settled records, as an indexer would: from Opened and Closed alone.
abstract contract Records {
    struct Key {
        uint256 agentId;
        uint32 epoch;
        address token;
        bytes32 tag;
    }

    Key[] internal keys;
    mapping(bytes32 key => SettledSummary) internal folded;
    mapping(bytes32 key => bool) private _known;
    mapping(bytes32 dealId => bytes) private _terms;
    mapping(bytes32 dealId => mapping(uint256 leg => uint256)) internal timesClosed;

    struct ClosedData {
        uint8 leg;
        uint8 outcome;
        uint8 rating;
        uint24 late;
        uint128 toPayee;
        uint128 toClient;
        uint128 fee;
        uint128 penalty;
        uint128 arbFee;
        uint128 bondToClient;
        address retainerTo;
        bytes32 reason;
    }

    function foldLogs(address escrow) internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != escrow) continue;
            bytes32 topic = logs[i].topics[0];
            if (topic == IDealEscrow.Opened.selector) {
                (, _terms[logs[i].topics[1]]) = abi.decode(logs[i].data, (uint256, bytes));
            } else if (topic == ISettledReputation.Closed.selector) {
                _fold(logs[i].topics[1], abi.decode(logs[i].data, (ClosedData)));
            }
        }
    }

    function _fold(bytes32 dealId, ClosedData memory c) private {
        ++timesClosed[dealId][c.leg];
        (Head memory head, Leg memory leg) = _parse(_terms[dealId], c.leg);
        require(uint256(c.toPayee) + c.toClient + c.fee + c.arbFee == leg.amount, "a leg's price, exactly");
        if (leg.agentId != 0) {
            SettledSummary storage s = _record(Key(leg.agentId, leg.agentEpoch, head.token, leg.tag));
            (s.closed, s.volume) = (s.closed + 1, s.volume + uint88(c.toPayee) + uint88(c.fee));
            if (c.rating != 255) (s.rated, s.ratingSum) = (s.rated + 1, s.ratingSum + c.rating);
            if (c.late != 0) ++s.late;
            if (LegState(c.outcome) == LegState.Missed) ++s.missed;
        }
        if (head.clientAgentId != 0) {
            SettledSummary storage s = _record(
                Key(head.clientAgentId, head.clientAgentEpoch, head.token, keccak256("earnest.client"))
            );
            (s.closed, s.volume) = (s.closed + 1, s.volume + uint88(c.toPayee) + uint88(c.fee));
        }
    }

    function _record(Key memory key) private returns (SettledSummary storage) {
        bytes32 hash = keccak256(abi.encode(key));
        if (!_known[hash]) {
            _known[hash] = true;
            keys.push(key);
        }
        return folded[hash];
    }

    /// @dev Terms are 13 words of the head and 19 of each leg.
    function _parse(bytes memory terms, uint256 i) private pure returns (Head memory head, Leg memory leg) {
        head = abi.decode(_slice(terms, 0, 13 * 32), (Head));
        leg = abi.decode(_slice(terms, (13 + 19 * i) * 32, 19 * 32), (Leg));
    }

    function _slice(bytes memory from, uint256 start, uint256 length)
        private
        pure
        returns (bytes memory part)
    {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            part[i] = from[start + i];
        }
    }
}
