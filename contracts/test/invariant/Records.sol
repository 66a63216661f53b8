// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {ISettledReputation, SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {vm, Vm} from "../support/Vm.sol";

/// @notice Folds the escrow's logs into settled records, as an indexer would: from Opened, Substituted, Closed
/// and Rated alone.
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
    mapping(bytes32 dealId => mapping(uint256 leg => bool)) private _substituted;
    mapping(bytes32 dealId => mapping(uint256 leg => uint256)) internal timesClosed;
    /// @dev How often each event was logged, and each end reached.
    mapping(bytes32 topic => uint256) public logged;
    mapping(LegState => uint256) public ended;

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
            ++logged[topic];
            if (topic == IDealEvents.Opened.selector) {
                (, _terms[logs[i].topics[1]]) = abi.decode(logs[i].data, (uint256, bytes));
            } else if (topic == IDealEvents.Substituted.selector) {
                (uint8 leg,,) = abi.decode(logs[i].data, (uint8, uint40, uint128));
                _foldMiss(logs[i].topics[1], leg);
            } else if (topic == IDealEvents.Rated.selector) {
                (uint8 leg, bool byClient, uint8 rating) = abi.decode(logs[i].data, (uint8, bool, uint8));
                _foldRating(logs[i].topics[1], leg, byClient, rating);
            } else if (topic == ISettledReputation.Closed.selector) {
                _fold(logs[i].topics[1], abi.decode(logs[i].data, (ClosedData)));
            }
        }
    }

    function _foldMiss(bytes32 dealId, uint256 i) private {
        (Head memory head, Leg memory leg) = _parse(_terms[dealId], i);
        if (leg.agentId != 0) {
            SettledSummary storage s = _record(_payeeKey(dealId, i, head, leg));
            (s.closed, s.missed) = (s.closed + 1, s.missed + 1);
        }
        _substituted[dealId][i] = true;
    }

    function _foldRating(bytes32 dealId, uint256 i, bool byClient, uint8 rating) private {
        (Head memory head, Leg memory leg) = _parse(_terms[dealId], i);
        Key memory key = byClient ? _payeeKey(dealId, i, head, leg) : _clientKey(head);
        if (key.agentId == 0) return;
        SettledSummary storage s = _record(key);
        (s.rated, s.ratingSum) = (s.rated + 1, s.ratingSum + rating);
    }

    function _fold(bytes32 dealId, ClosedData memory c) private {
        ++timesClosed[dealId][c.leg];
        ++ended[LegState(c.outcome)];
        (Head memory head, Leg memory leg) = _parse(_terms[dealId], c.leg);
        require(uint256(c.toPayee) + c.toClient + c.fee + c.arbFee == leg.amount, "a leg's price, exactly");
        if (LegState(c.outcome) == LegState.Withdrawn) return;
        uint256 gross = uint256(c.toPayee) + c.fee;
        uint256 half = (uint256(leg.amount) - c.penalty - c.arbFee) / 2;
        bool ruled = LegState(c.outcome) == LegState.Ruled;
        Key memory key = _payeeKey(dealId, c.leg, head, leg);
        if (key.agentId != 0) {
            SettledSummary storage s = _record(key);
            (s.closed, s.volume) = (s.closed + 1, s.volume + uint88(gross));
            if (c.rating != 255) (s.rated, s.ratingSum) = (s.rated + 1, s.ratingSum + c.rating);
            if (c.late != 0) ++s.late;
            if (LegState(c.outcome) == LegState.Missed) ++s.missed;
            if (ruled && gross < half) ++s.lost;
        }
        if (head.clientAgentId != 0) {
            SettledSummary storage s = _record(_clientKey(head));
            (s.closed, s.volume) = (s.closed + 1, s.volume + uint88(gross));
            if (ruled && gross > half) ++s.lost;
        }
    }

    function _payeeKey(bytes32 dealId, uint256 i, Head memory head, Leg memory leg)
        private
        view
        returns (Key memory)
    {
        return _substituted[dealId][i]
            ? Key(leg.standbyAgentId, leg.standbyAgentEpoch, head.token, leg.tag)
            : Key(leg.agentId, leg.agentEpoch, head.token, leg.tag);
    }

    function _clientKey(Head memory head) private pure returns (Key memory) {
        return Key(head.clientAgentId, head.clientAgentEpoch, head.token, keccak256("earnest.client"));
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
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(from, 0x20), start), length)
        }
    }
}
