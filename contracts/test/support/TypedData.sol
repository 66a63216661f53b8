// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "../../src/deal/DealTypes.sol";
import {vm} from "./Vm.sol";

/// @notice What a wallet is asked to sign, as JSON (EIP-712), written out from the specification and not
/// from the escrow's code.
library TypedData {
    string private constant DOMAIN =
        '"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}]';
    string private constant HEAD =
        '"Head":[{"name":"client","type":"address"},{"name":"clientAgentId","type":"uint256"},{"name":"clientAgentEpoch","type":"uint32"},{"name":"token","type":"address"},{"name":"arbiter","type":"address"},{"name":"rulingTime","type":"uint32"},{"name":"deadlockBps","type":"uint16"},{"name":"arbiterFeeBps","type":"uint16"},{"name":"feeReceiver","type":"address"},{"name":"feeBps","type":"uint16"},{"name":"openBy","type":"uint40"},{"name":"joinBy","type":"uint40"},{"name":"docHash","type":"bytes32"}]';
    string private constant LEG =
        '"Leg":[{"name":"payee","type":"address"},{"name":"agentId","type":"uint256"},{"name":"agentEpoch","type":"uint32"},{"name":"tag","type":"bytes32"},{"name":"amount","type":"uint128"},{"name":"bond","type":"uint128"},{"name":"penaltyMax","type":"uint128"},{"name":"due","type":"uint40"},{"name":"grace","type":"uint32"},{"name":"review","type":"uint32"},{"name":"silenceBps","type":"uint16"},{"name":"criteriaHash","type":"bytes32"},{"name":"standby","type":"address"},{"name":"standbyAgentId","type":"uint256"},{"name":"standbyAgentEpoch","type":"uint32"},{"name":"retainer","type":"uint128"},{"name":"standbyBond","type":"uint128"},{"name":"callWindow","type":"uint32"},{"name":"standbyTime","type":"uint32"}]';

    function dealTerms(Head memory head, Leg[] memory legs, address escrow)
        internal
        view
        returns (string memory)
    {
        string memory list;
        for (uint256 i = 0; i < legs.length; ++i) {
            list = string.concat(list, i == 0 ? "" : ",", _leg(legs[i]));
        }
        string memory types = string.concat(
            HEAD, ",", LEG, ',"DealTerms":[{"name":"head","type":"Head"},{"name":"legs","type":"Leg[]"}]'
        );
        return _document(
            types, "DealTerms", string.concat('{"head":', _head(head), ',"legs":[', list, "]}"), escrow
        );
    }

    function deliver(bytes32 dealId, uint256 leg, bytes32 deliverable, address occupant, address escrow)
        internal
        view
        returns (string memory)
    {
        string memory types =
            '"Deliver":[{"name":"dealId","type":"bytes32"},{"name":"leg","type":"uint8"},{"name":"deliverable","type":"bytes32"},{"name":"occupant","type":"address"}]';
        string memory message = string.concat(
            _open("dealId", dealId),
            _next("leg", leg),
            _next("deliverable", deliverable),
            _next("occupant", occupant)
        );
        return _document(types, "Deliver", string.concat(message, "}"), escrow);
    }

    function accept(bytes32 dealId, uint256 leg, uint256 rating, address escrow)
        internal
        view
        returns (string memory)
    {
        string memory types =
            '"Accept":[{"name":"dealId","type":"bytes32"},{"name":"leg","type":"uint8"},{"name":"rating","type":"uint8"}]';
        string memory message =
            string.concat(_open("dealId", dealId), _next("leg", leg), _next("rating", rating));
        return _document(types, "Accept", string.concat(message, "}"), escrow);
    }

    /// @dev Any flat struct of a deal's verb, its members given as JSON.
    function verb(string memory name, string memory types, string memory message, address escrow)
        internal
        view
        returns (string memory)
    {
        string memory typed = string.concat('"', name, '":[', types, "]");
        return _document(typed, name, message, escrow);
    }

    function _document(string memory types, string memory primary, string memory message, address escrow)
        private
        view
        returns (string memory)
    {
        string memory domain = string.concat(
            '{"name":"Earnest Deal","version":"1","chainId":',
            vm.toString(block.chainid),
            ',"verifyingContract":"',
            vm.toString(escrow),
            '"}'
        );
        string memory head = string.concat('{"types":{', DOMAIN, ",", types, '},"primaryType":"', primary);
        return string.concat(head, '","domain":', domain, ',"message":', message, "}");
    }

    function _head(Head memory h) private pure returns (string memory s) {
        s = string.concat('{"client":"', vm.toString(h.client), '"');
        s = string.concat(
            s, _next("clientAgentId", h.clientAgentId), _next("clientAgentEpoch", h.clientAgentEpoch)
        );
        s = string.concat(s, _next("token", h.token), _next("arbiter", h.arbiter));
        s = string.concat(s, _next("rulingTime", h.rulingTime), _next("deadlockBps", h.deadlockBps));
        s = string.concat(s, _next("arbiterFeeBps", h.arbiterFeeBps), _next("feeReceiver", h.feeReceiver));
        s = string.concat(s, _next("feeBps", h.feeBps), _next("openBy", h.openBy), _next("joinBy", h.joinBy));
        s = string.concat(s, _next("docHash", h.docHash), "}");
    }

    function _leg(Leg memory l) private pure returns (string memory s) {
        s = string.concat('{"payee":"', vm.toString(l.payee), '"', _next("agentId", l.agentId));
        s = string.concat(
            s, _next("agentEpoch", l.agentEpoch), _next("tag", l.tag), _next("amount", l.amount)
        );
        s = string.concat(s, _next("bond", l.bond), _next("penaltyMax", l.penaltyMax), _next("due", l.due));
        s = string.concat(
            s, _next("grace", l.grace), _next("review", l.review), _next("silenceBps", l.silenceBps)
        );
        s = string.concat(s, _next("criteriaHash", l.criteriaHash), _next("standby", l.standby));
        s = string.concat(s, _next("standbyAgentId", l.standbyAgentId));
        s = string.concat(s, _next("standbyAgentEpoch", l.standbyAgentEpoch), _next("retainer", l.retainer));
        s = string.concat(s, _next("standbyBond", l.standbyBond), _next("callWindow", l.callWindow));
        s = string.concat(s, _next("standbyTime", l.standbyTime), "}");
    }

    function _open(string memory name, bytes32 value) private pure returns (string memory) {
        return string.concat('{"', name, '":"', vm.toString(value), '"');
    }

    function _next(string memory name, uint256 value) private pure returns (string memory) {
        return string.concat(',"', name, '":"', vm.toString(value), '"');
    }

    function _next(string memory name, bytes32 value) private pure returns (string memory) {
        return string.concat(',"', name, '":"', vm.toString(value), '"');
    }

    function _next(string memory name, address value) private pure returns (string memory) {
        return string.concat(',"', name, '":"', vm.toString(value), '"');
    }
}
