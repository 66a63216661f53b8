// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Head, Leg} from "../../src/deal/DealTypes.sol";
import {vm} from "../support/Vm.sol";
import {AnyTerms} from "./AnyTerms.sol";

/// @notice The verbs as calldata, and how they are sent: with gas in plenty, or by a relayer that starves them.
abstract contract Calls is AnyTerms {
    /// @dev More than any verb needs, less than a burner's patience.
    uint256 private constant PLENTY = 5_000_000;
    uint256 private constant SPENT = 64;

    bytes[] internal spent;
    /// @dev Times that a starved call failed for want of gas alone, or did not.
    uint256 public starved;
    uint256 public survived;
    uint256 private _next;

    function send(address sender, bytes memory call_) internal returns (bool ok) {
        return _send(sender, call_, PLENTY);
    }

    /// @dev Sends a verb that must go through, or must not. One in eight gets too little gas, perhaps (none of
    /// seed 0): then it may fail, but not succeed otherwise than it would have.
    function sendVerb(address sender, bytes memory call_, bool must, uint256 seed, string memory what)
        internal
        returns (bool ok)
    {
        uint256 noise = uint256(keccak256(abi.encode("gas", seed)));
        bool starve = seed != 0 && noise % 8 == 0;
        ok = _send(sender, call_, starve ? within(noise >> 8, 60_000, 900_000) : PLENTY);
        if (starve && must) ok ? ++survived : ++starved;
        check(ok == must || starve && must, what);
        if (ok) _keep(call_);
        // what a call logged before it failed is recorded all the same
        else vm.getRecordedLogs();
    }

    /// @dev Some call that went through before.
    function anySpent(uint256 seed) internal view returns (bytes memory) {
        return spent.length == 0 ? bytes("") : spent[seed % spent.length];
    }

    function _send(address sender, bytes memory call_, uint256 gas_) private returns (bool ok) {
        vm.prank(sender);
        (ok,) = address(escrow).call{gas: gas_}(call_);
    }

    /// @dev Lapsing is everybody's, as often as time lets it.
    function _keep(bytes memory call_) private {
        if (bytes4(call_) == escrow.lapse.selector) return;
        if (spent.length < SPENT) spent.push(call_);
        else spent[_next++ % SPENT] = call_;
    }

    // --- calldata ---

    function others(GhostDeal storage deal, uint256 i) internal view returns (bytes32[] memory) {
        (, Leg[] memory legs) = termsOf(deal);
        return siblings(legs, i);
    }

    function occupantOf(GhostLeg storage ghost, Leg memory leg) internal view returns (address) {
        return ghost.flags & 1 == 1 ? leg.standby : leg.payee;
    }

    function deliverCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        bytes memory sig
    ) internal view returns (bytes memory) {
        return abi.encodeCall(
            escrow.deliver, (escrow.hashHead(head), others(deal, i), i, leg, DELIVERABLE, "", sig)
        );
    }

    function substituteCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        bytes memory sig
    ) internal view returns (bytes memory) {
        return abi.encodeCall(escrow.substitute, (head, others(deal, i), i, leg, sig));
    }

    function disputeCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        bool byClient,
        bytes memory sig
    ) internal view returns (bytes memory) {
        return abi.encodeCall(escrow.dispute, (head, others(deal, i), i, leg, byClient, EVIDENCE, "", sig));
    }

    function joinCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        bytes memory payeeSig
    ) internal view returns (bytes memory) {
        bytes memory standbySig = leg.standby == address(0) ? bytes("") : sign(keyOf(leg.standby), deal.id);
        return abi.encodeCall(escrow.join, (head, others(deal, i), i, leg, payeeSig, standbySig));
    }

    function ruleCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        uint16 payeeBps,
        uint16 bondBps
    ) internal view returns (bytes memory) {
        return abi.encodeCall(
            escrow.rule, (head, others(deal, i), i, leg, payeeBps, bondBps, bytes32("reason"))
        );
    }

    function rateCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        bool byClient,
        uint8 rating,
        bytes memory sig
    ) internal view returns (bytes memory) {
        return abi.encodeCall(escrow.rate, (head, others(deal, i), i, leg, byClient, rating, sig));
    }

    function settleCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        Division memory division,
        bytes[2] memory sigs
    ) internal view returns (bytes memory) {
        return abi.encodeCall(escrow.settle, (head, others(deal, i), i, leg, division, sigs[0], sigs[1]));
    }

    function lapseCall(GhostDeal storage deal, Head memory head, uint256 i, Leg memory leg)
        internal
        view
        returns (bytes memory)
    {
        return abi.encodeCall(escrow.lapse, (head, others(deal, i), i, leg));
    }

    function acceptCall(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        uint8 rating,
        bytes memory sig
    ) internal view returns (bytes memory) {
        return abi.encodeCall(escrow.accept, (head, others(deal, i), i, leg, rating, sig));
    }
}
